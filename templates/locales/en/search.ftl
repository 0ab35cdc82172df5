# Searching.
search-title = Search the lessons
search-filters = Narrow the search
search-suggestions = Did you mean:
search-found = { $count ->
    [one] One result for “{ $query }”
    [15] The first 15 results for “{ $query }”
   *[other] { $count } results for “{ $query }”
}
search-nothing = No results for “{ $query }”
search-nothing-advice = Try a single word, or more common ones. You can also look at the list of modules.
search-empty = Write what you want to learn to do, in your own words.
