# The page that shows every part of a page, for those who write pages.
style-title = Stile: le parti delle pagine
