# Searching.
search-title = Search the lessons
search-filters = Narrow the search
search-suggestions = Did you mean:
search-found = { $count ->
    [one] One result for “{ $query }”
    [15] The first 15 results for “{ $query }”
   *[other] { $count } results for “{ $query }”
}
search-empty = Write what you want to learn to do, in your own words.

# What cannot wait, and what nothing fits.
search-urgent = First of all
search-nothing = No lesson answers “{ $query }”
search-nothing-advice = Try other words, even a single one. Or take one of these ways.
search-perhaps = Perhaps one of these lessons is what you need:
search-near = The nearest modules
search-to-point = Go to a point of the network: somebody helps you there, for free.
search-to-point-link = Find the nearest point
search-to-facilitator = Do you have a card already? Write to your facilitator.

# What people look for and do not find.
missed-title = Looked for, not found
missed-lead = The words that people look for in the lessons without an answer. Who looked for them is not kept.
missed-caption = The words looked for three times or more, the most frequent first
missed-words = Words
missed-times = Times
missed-last = Last week, from its Monday
missed-advice = Where a lesson answers already, add these words to its “asks”. Where none does, a lesson may be missing.
missed-none = There is nothing yet. Words show here once they were looked for three times.
