"""What the machine finds in conversations: each rule, and what only looks like it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from logparse.judging.response_quality import broken, unmeasured
from logparse.quality import language
from logparse.settings.checked import parse
from logparse.values.conversation import Conversation, Message
from logparse.values.metrics import wilson
from logparse.values.suspicions import SuspicionKind
from tests.builders.said import START, Line, examined, kinds, talk

HOURS = "Kami buka setiap hari dari jam 9 pagi sampai jam 9 malam ya Kak"
WELCOME = "You are very welcome, happy to help anytime!"
HEATED = "Yes, it is heated to 28 degrees all year."
STOCK = "Mohon maaf Kak, silakan cek stok langsung di website kami"

CASES: dict[str, tuple[Sequence[Line], Sequence[SuspicionKind]]] = {
    "an answer that is fine": (["u: jam buka?", f"b: {HOURS}"], []),
    "the same reply to another message": (
        ["u: size L ada?", f"b: {STOCK}", "u: kalau warna merah?", f"b: {STOCK} 🙏"],
        [SuspicionKind.REPEATED_REPLY],
    ),
    "the same reply to the same message": (["u: menu", f"b: {STOCK}", "u: menu", f"b: {STOCK}"], []),
    "the same short reply": (["u: ok", "b: Siap Kak!", "u: sip deh", "b: Siap Kak!"], []),
    "a reply that differs in a number": (
        ["u: harga A?", f"b: {STOCK}, Rp10.000", "u: kalau yang besar?", f"b: {STOCK}, Rp12.000"],
        [],
    ),
    "a reply that differs in a size": (
        [
            "u: ada L?",
            "b: Kemeja flanel ukuran L masih ready ya",
            "u: yang kecil?",
            "b: Kemeja flanel ukuran S masih ready ya",
        ],
        [],
    ),
    "a reply that differs in one word": (
        [
            "u: status",
            "b: Pesanan Kakak sedang dikemas, ditunggu",
            "u: lacak",
            "b: Pesanan Kakak sedang dikirim, ditunggu",
        ],
        [],
    ),
    "the same reply with a slip": (
        ["u: size L ada?", f"b: {STOCK}", "u: kalau warna merah?", f"b: {STOCK.replace('langsung', 'lansung')}"],
        [SuspicionKind.REPEATED_REPLY],
    ),
    "the same reply to thanks": (["u: thanks", f"b: {WELCOME}", "u: thank you so much", f"b: {WELCOME}"], []),
    "the same reply to the same with more words": (
        ["u: is it heated", f"b: {HEATED}", "u: and is it heated in winter", f"b: {HEATED}"],
        [],
    ),
    "two replies that say the same": (
        ["u: jam buka?", f"b: {HOURS}", f"b: Halo, {HOURS}"],
        [SuspicionKind.ANSWERED_TWICE],
    ),
    "an answer in two messages": (["u: jam buka?", f"b: {HOURS}", "b: Kalau hari Minggu kami tutup ya Kak"], []),
    "two pictures": (["u: foto?", "b: [image]", "b: [image]"], []),
    "a greeting in the middle": (
        ["u: hai", "b: Halo Kak!", "u: ongkir berapa?", "b: Halo Kak, ongkirnya 9 ribu"],
        [SuspicionKind.GREETING_AGAIN],
    ),
    "a greeting that answers one": (["u: hai", "b: Halo Kak!", "u: halo lagi", "b: Halo Kak!"], []),
    "a greeting after a long pause": (
        ["u: hai", "b: Halo Kak!", (90, "u: ongkir berapa?"), "b: Halo Kak, ongkirnya 9 ribu"],
        [],
    ),
    "a greeting in two messages": (["u: ongkir?", "b: Halo Kak!", "b: Selamat pagi, ongkirnya 9 ribu"], []),
    "a word that only begins like a greeting": (["u: ok", "b: Baik", "u: apa?", "b: Hidangan sudah siap"], []),
    "a question that nobody answers": (["u: jam buka?"], [SuspicionKind.UNANSWERED]),
    "a question without its mark": (["u: kak ini kapan dikirim"], [SuspicionKind.UNANSWERED]),
    "a question that is answered late": (["u: jam buka?", (11, f"b: {HOURS}")], [SuspicionKind.UNANSWERED]),
    "a question that is answered in time": (["u: jam buka?", (9, f"b: {HOURS}")], []),
    "a question that is asked again": (
        ["u: jam buka?", (9, "u: halo?"), (2, f"b: {HOURS}")],
        [SuspicionKind.UNANSWERED],
    ),
    "what is no question": (["u: oke makasih"], []),
    "a mark alone": (["u: ??"], []),
    "the fallback text": (["u: ok", "b: Maaf, TERJADI kesalahan!"], [SuspicionKind.FALLBACK]),
    "a reply of blanks": (["u: ok", "b: \u200b \n"], [SuspicionKind.EMPTY_REPLY]),
    "a reply without any text": (["u: ok", "b:"], [SuspicionKind.EMPTY_REPLY]),
    "a reply of dots": (["u: ok", "b: ..."], [SuspicionKind.EMPTY_REPLY]),
    "what a program prints": (["u: ok", "b: [object Object]"], [SuspicionKind.EMPTY_REPLY]),
    "an emoji": (["u: ok", "b: 👍"], []),
    "a picture": (["u: ok", "b: [image]"], []),
    "a number": (["u: berapa", "b: 9"], []),
    "a reply that ends with and": (
        ["u: caranya", "b: Isi formulir di website kami, kirim foto KTP dan"],
        [SuspicionKind.CUT_OFF],
    ),
    "a reply that ends with a comma": (
        ["u: caranya", "b: Isi formulir di website kami, kirim foto KTP,"],
        [SuspicionKind.CUT_OFF],
    ),
    "a reply that ends in brackets": (
        ["u: caranya", "b: Isi formulir di website kami (yang ada di menu"],
        [SuspicionKind.CUT_OFF],
    ),
    "a reply as long as can be": (["u: caranya", "b: " + "isi formulir " * 315 + "z"], [SuspicionKind.CUT_OFF]),
    "a reply that goes on": (["u: caranya", "b: Isi formulir di website kami, kirim foto KTP dan", "b: fotomu"], []),
    "a reply without a point": (["u: caranya", "b: Isi formulir di website kami dan tunggu kabar dari admin ya"], []),
    "a reply that ends with a mail address": (
        ["u: caranya", "b: Silakan kirim surat ke alamat rina.halim@example.com"],
        [],
    ),
    "a reply that ends with an address of the web": (
        ["u: caranya", "b: Isi formulirnya di https://www.example.com"],
        [],
    ),
    "a reply that waits": (["u: caranya", "b: Mohon ditunggu sebentar ya Kak, sedang kami cek..."], []),
    "a bot that writes first": (["b: Halo Kak!", "b: Ada promo baru hari ini"], []),
    "another language": (
        ["u: hello, can i change the address of my order?", "b: Baik Kak, silakan kirim alamat yang baru ya"],
        [SuspicionKind.OTHER_LANGUAGE],
    ),
    "the user's own language": (
        ["u: hello, can i change the address of my order?", "b: Sure, please send us the new address."],
        [],
    ),
    "mixed languages": (
        ["u: kak mau cancel my order please, wrong size soalnya", "b: Sure, your order has been cancelled for you."],
        [],
    ),
    "a user who says too little": (["u: ok", "b: Baik Kak, silakan kirim alamat yang baru ya"], []),
    "a reply that says too little": (["u: hello, can i change the address of my order?", "b: Bisa Kak!"], []),
    "Malay and Indonesian": (["u: boleh saya tukar saiz tak? yang ni ketat sangat", f"b: {STOCK}"], []),
}


@pytest.mark.parametrize(("lines", "expected"), CASES.values(), ids=CASES)
def test_what_is_found_in_one_conversation(lines: Sequence[Line], expected: Sequence[SuspicionKind]) -> None:
    """Just that, and nothing else."""
    assert kinds(talk(*lines)) == expected


OWNER = talk("u: halo, order INV-88120 kapan dikirim?", f"b: {HOURS}", key="owner", start=START)


def _other(*lines: Line, minutes: float = 5) -> Conversation:
    return talk(*lines, key="other", start=START + timedelta(minutes=minutes))


MANY = talk("u: order INV-88120 punya teman saya", f"b: {HOURS}", key="third")

FOREIGN: dict[str, tuple[Sequence[Conversation], int]] = {
    "a code that only another user wrote": ([_other("u: pesanan saya mana", "b: INV-88120 sudah dikirim")], 1),
    "a code that the user wrote too": ([_other("u: inv-88120 mana", "b: INV-88120 sudah dikirim")], 0),
    "a code that several users wrote": ([_other("u: pesanan saya mana", "b: INV-88120 sudah dikirim"), MANY], 0),
    "a code that another user wrote long ago": (
        [_other("u: pesanan saya mana", "b: INV-88120 sudah dikirim", minutes=45)],
        0,
    ),
    "a code that nobody wrote": ([_other("u: pesanan saya mana", "b: INV-99999 sudah dikirim")], 0),
}


@pytest.mark.parametrize(("others", "count"), FOREIGN.values(), ids=FOREIGN)
def test_replies_that_belong_to_another_conversation(others: Sequence[Conversation], count: int) -> None:
    """They are known by what only the user of one other conversation wrote, shortly before."""
    assert kinds(OWNER, *others).count(SuspicionKind.FOREIGN_REPLY) == count


def test_a_name_that_another_user_gave() -> None:
    """Whoever is called by the name of somebody else got somebody else's reply."""
    owner = talk("u: nama saya Dewi, mau ambil kue", "b: Baik Kak Dewi", key="owner")
    assert SuspicionKind.FOREIGN_REPLY in kinds(owner, _other("u: kue saya sudah jadi", "b: Baik Kak Dewi, sudah siap"))
    assert SuspicionKind.FOREIGN_REPLY not in kinds(
        owner, _other("u: kue untuk dewi sudah jadi", "b: Baik Kak Dewi, siap")
    )


def test_a_reply_that_quotes_a_message_of_another_conversation() -> None:
    """By the provider's ids; a quoted message of its own, or one that nobody knows, is none."""
    own = _other("u: pesanan saya mana", "b: Sebentar ya Kak")
    for quoted, count in ((OWNER.messages[0].id, 1), (own.messages[0].id, 0), ("unknown", 0)):
        reply: Message = replace(own.messages[1], reply_to=quoted)
        assert kinds(OWNER, replace(own, messages=(own.messages[0], reply))).count(SuspicionKind.FOREIGN_REPLY) == count


def test_a_question_that_is_too_young_is_not_judged() -> None:
    """It may still be answered in time."""
    young = examined(talk("u: jam buka?"), hours=0.1)
    assert [rate.of for rate in young.rates if rate.kind == SuspicionKind.UNANSWERED] == [0]


def test_rates_say_out_of_how_many() -> None:
    """The base of each is what was looked at, and all are counted, also beyond those that are kept."""
    many = [talk("u: jam buka?", "b: null", key=f"k{at}") for at in range(150)]
    seen = examined(*many)
    rates = {rate.kind: rate for rate in seen.rates}
    assert (seen.conversations, seen.messages) == (150, 300)
    assert (rates[SuspicionKind.EMPTY_REPLY].count, rates[SuspicionKind.EMPTY_REPLY].of) == (150, 150)
    assert (rates[SuspicionKind.UNANSWERED].count, rates[SuspicionKind.UNANSWERED].of) == (0, 150)
    assert len(seen.suspicions) == 100
    assert rates[SuspicionKind.UNANSWERED].interval == wilson(0, 150)


def test_a_finding_shows_its_evidence_masked_and_cut() -> None:
    """The texts of a suspicion hold no number of a phone, and are short."""
    conversation = talk("u: nomor saya 081254495462 ya?", "b: Terjadi kesalahan " + "x" * 500)
    seen = parse().quality
    from logparse.quality.examine import examine  # noqa: PLC0415
    from logparse.text.masking import masker  # noqa: PLC0415

    (suspicion,) = examine([conversation], seen, START + timedelta(hours=1), masker()).suspicions
    assert suspicion.conversation == "k57"
    assert all(len(text) <= 160 for text in suspicion.texts)
    late = examine([talk("u: nomor saya 081254495462 ya?")], seen, START + timedelta(hours=1), masker()).suspicions
    assert late[0].texts == ("nomor saya *** ya?",)


def test_without_the_detector_languages_are_said_not_to_be_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is then no rate of them, and whoever may fail by it is told."""
    monkeypatch.setattr(language, "available", lambda: False)
    settings = {"quality_fail": "other_language: 5\nfallback: 5"}
    seen = examined(
        talk("u: hello, can i change the address?", "b: Baik Kak, silakan kirim alamatnya"), settings=settings
    )
    assert seen.not_looked_for == {"other_language": "it needs the extra of the name quality, see docs/transcripts.md"}
    assert SuspicionKind.OTHER_LANGUAGE not in [rate.kind for rate in seen.rates]
    assert unmeasured(seen, parse(settings).quality) == (f"reply in another language: {language.NEEDED}",)


def test_a_limit_is_broken_only_where_a_setting_has_one() -> None:
    """Exactly: what reaches the limit is within it."""
    seen = examined(talk("u: ok", "b: null"), talk("u: ok", "b: Baik Kak", key="k58"))
    assert broken(seen, parse().quality) == ()
    assert broken(seen, parse({"quality_fail": "empty_reply: 50"}).quality) == ()
    assert broken(seen, parse({"quality_fail": "empty_reply: 49.9"}).quality) == (
        "empty reply: 50.0 % (1 of 2 replies), over 49.9 %",
    )


def test_nothing_to_look_at_is_no_rate() -> None:
    """Without a conversation nothing is broken, and every kind that may fail is said not to be measured."""
    settings = parse({"quality_fail": "unanswered: 1"}).quality
    seen = examined()
    assert broken(seen, settings) == ()
    assert unmeasured(seen, settings) == ("question without a reply: there was nothing to look at",)


HOSTILE: dict[str, list[Line]] = {
    "one long word": ["u: " + "a" * 10_000 + "?", "b: " + "b1" * 5_000],
    "one long line of dashes": ["u: " + "a-" * 5_000 + "1", "b: " + "1-" * 5_000],
    "an address without an end": ["u: " + "a.b+" * 2_500 + "@", "b: " + "x@" * 5_000],
    "very many replies in a row": ["u: halo", *[f"b: {HOURS} {at:x}{at:x}" for at in range(2_000)]],
    "very many questions in a row": [*["u: jam buka?"] * 2_000, "b: jam 9"],
    "very many turns": [line for at in range(1_000) for line in (f"u: soal {at}?", f"b: {STOCK} nomor {at}")],
    "signs of every plane": ["u: \U0001f600\u202e\u0000\ud7ff\uffff?", "b: \u0301\u0301\U000e0001"],
}


@pytest.mark.parametrize("lines", HOSTILE.values(), ids=HOSTILE)
def test_no_conversation_is_too_much(lines: list[Line]) -> None:
    """Whatever somebody writes, and however much of it, is looked at, and raises nothing."""
    assert examined(talk(*lines)).conversations == 1
