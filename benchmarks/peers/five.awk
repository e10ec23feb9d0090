# Five patterns by minute in one pass over text with ISO times: what somebody would write who knows the log.
{
    minute = substr($0, 1, 16)
    message = substr($0, 26)
    if (index(message, "[Webhook] Received payload (masked): {") == 1) deliveries[minute]++
    else if (index(message, "[Webhook] Signature verified") == 1) verified[minute]++
    else if (index(message, "[ARI] Processing message for contact ") == 1) processed[minute]++
    else if (index(message, "[ARI] Response sent in ") == 1) replies[minute]++
    if (message ~ /[Ee][Rr][Rr][Oo][Rr]/) errors[minute]++
    minutes[minute]
}
END { for (minute in minutes) print minute, deliveries[minute], verified[minute], processed[minute], replies[minute], errors[minute] }
