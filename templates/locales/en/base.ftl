# The frame of every page, and words used on several pages.
site-name = Autonomia
site-tagline = Learn to use digital services, at your own pace
site-owner = Network of digital facilitation points
skip-to-content = Skip to the content
breadcrumb-label = Breadcrumb
language-label = Language
nav-label = Main menu
nav-home = Home
nav-modules = Learn
nav-mine = My learning
nav-totals = The network in numbers
nav-point = My point
nav-accounts = People and access
nav-lessons = The lessons
nav-editorial = The editors
own-rooms-label = My areas
nav-enter = Sign in
search-label = Search the lessons
search-placeholder = Search for a lesson
search-button = Search
footer-label = About this site
footer-text = Free lessons to take at home. They come from the digital facilitation network.
footer-staff = For those who work here

minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
lessons = { $count ->
    [one] 1 lesson
   *[other] { $count } lessons
}
modules-count = { $count ->
    [one] 1 module
   *[other] { $count } modules
}
in-language-it = in Italian
in-language-en = in English
only-in-it = This content is in Italian.
only-in-en = This content is in English.

level-short = Level { $level }
level-1 = Level 1: foundation, with guidance
level-2 = Level 2: foundation, on your own with some help
level-3 = Level 3: intermediate, for simple problems
level-4 = Level 4: intermediate, on your own
level-5 = Level 5: advanced, to guide others
level-6 = Level 6: advanced, for complex cases
level-7 = Level 7: specialised
level-8 = Level 8: highly specialised

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

undo = Undo
step-done = (done)
chart-table = See the figures in a table
