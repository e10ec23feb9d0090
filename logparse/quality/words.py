"""Words by language: those that begin questions, those of thanks, and those that no sentence ends with."""

from collections.abc import Mapping

BEGIN_QUESTIONS: Mapping[str, str] = {
    "id": "apa apakah berapa kapan kpn dimana dmn kemana gimana gmn bagaimana bgmn kenapa knp mengapa siapa brp brapa"
    " bisakah bolehkah adakah",
    "ms": "bila macam mana kenapa berapa siapa boleh ke",
    "en": "what whats when where wheres who why how which can could do does did is are will would should any",
    "es": "qué que cuándo cuando dónde donde cómo cuánto cuanto cuánta cuantos cuál cual quién por qué tienen hay puedo"
    " pueden puede",
    "pt": "quando onde quanto quanta quantos qual quais quem por que vocês vcs tem têm posso pode podem",
    "nl": "wat wanneer waar waarom hoe wie welke hoeveel kan kunnen kunt mag heeft hebben is zijn",
    "de": "was wann wo warum wie wer welche wieviel kann können haben gibt",
    "fr": "quand où pourquoi comment combien quel quelle est-ce avez pouvez",
    "ar": "هل متى أين كم كيف لماذا ما من أي",
}
"""Words that make a message a question if it begins with them, even without a question mark."""

INSIDE_QUESTIONS: Mapping[str, str] = {
    "id": "kapan kpn berapa brp berapaan dimana dmn gimana gmn bagaimana kenapa knp apakah bisakah bolehkah",
    "ms": "macam mana kenapa berapa",
    "ar": "متى كم هل",
}
"""Words that make a message a question anywhere in it."""

THANKS: Mapping[str, str] = {
    "id": "makasih makasi terimakasih trims trimakasih tengkyu kasih",
    "en": "thanks thank thx ty cheers",
    "es": "gracias",
    "pt": "obrigado obrigada obg vlw valeu",
    "nl": "bedankt dank dankje",
    "de": "danke",
    "fr": "merci",
    "ar": "شكرا",
}
"""Words of thanks."""

NEVER_LAST: Mapping[str, str] = {
    "id": "dan atau yang untuk dengan di ke dari karena adalah agar serta oleh pada bahwa sehingga tetapi namun",
    "ms": "dan atau yang untuk dengan di ke dari kerana adalah supaya serta oleh pada bahawa",
    "en": "and or the an your our their its my because that's if than whether although however of is are",
    "es": "y el los las del de que con para por en un una unos unas su sus porque pero al nuestro nuestra",
    "pt": "os as do da dos das de que com para por em um uma seu sua porque mas ao nosso nossa no na",
    "nl": "en of de het een uw onze om te dat omdat maar als naar bij met voor van",
    "de": "und oder der die das ein eine ihr ihre weil dass aber mit für von zu",
    "fr": "et ou le la les un une des du de que avec pour par votre vos parce mais",
    "ar": "و في من على إلى أو التي الذي أن مع عن",
}
"""Words that no sentence ends with, so that a reply that does was cut off."""
