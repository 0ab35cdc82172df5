# Reading aids, reading without a network, answers in place.
reader-open = Reading aids
reader-size = Text size
reader-size-1 = Normal
reader-size-2 = Large
reader-size-3 = Larger
reader-size-4 = Very large
reader-spacing = More space between lines
reader-colours = Colours
reader-colours-auto = As on the device
reader-colours-light = Light
reader-colours-dark = Dark
reader-colours-contrast = High contrast
reader-aloud = Listen
reader-pause = Pause
reader-resume = Go on
reader-stop = Stop the voice
reader-no-voice = There is no voice for this language here. You can add one in the device's settings.

typing-found = { $count ->
    [one] One result.
   *[other] { $count } results.
}
typing-first = Here are the first 5 results. Press Search to see them all.
typing-nothing = No results yet.

network-off = You are offline. You can read what is saved here.
network-kept-answer = You are offline. Your answer is saved here and will be sent by itself.
network-kept-lesson = You are offline. We saved here that you read the lesson. It will be sent by itself.
network-sent = You are online. What was saved here has been sent.
network-enter = What you saved here has not been sent yet. Sign in again.
network-lost = Something had waited since before you entered. It is not yours, so it was not sent.
network-see = See the result

keep-offer = Keep this course for when you are offline
keep-help = We save it on this device. The quiz needs the network.
keep-working = We are saving the course…
keep-done = You have this course offline too.
keep-failed = Saving did not work. Try again when the network is better.
keep-list = See what is saved

offline-title = Reading offline
offline-lead = Here are the lessons saved on this device.
offline-instead = There is no network now. The page you want is not saved here.
offline-retry = Try again
offline-kept = What you can read now
offline-none = There is nothing here yet. Open a lesson when you are online: you will find it here.
offline-how = Do you want a whole course? Open it and choose “Keep this course for when you are offline”.
offline-needs-scripts = Reading offline needs the browser's scripts.

cookie-9-title = What stays on your device
cookie-9-text = The browser remembers how you like to read: text, space and colours. It keeps a copy of the lessons you open, for when you are offline. What you do offline stays there until it is sent. Your name is not in it. When you sign out, copies and answers are deleted. If somebody else enters, what was waiting does not go in their name.
