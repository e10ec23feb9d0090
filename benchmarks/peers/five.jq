# Five patterns by window of four hours over rows; to be sorted and counted.
(.timestamp / 14400000 | floor) as $window
| .logs[].message
| if startswith("[Webhook] Received payload (masked): {") then "\($window) delivery"
  elif startswith("[Webhook] Signature verified") then "\($window) verified"
  elif startswith("[ARI] Processing message for contact ") then "\($window) processed"
  elif startswith("[ARI] Response sent in ") then "\($window) reply"
  elif test("error"; "i") then "\($window) error"
  else empty end
