# The network's totals: hidden figures, targets, projection, open data; the coordinator's page.
totals-hidden = hidden
totals-hidden-why = Some figures are hidden. They count fewer than 5 people, or would give away those that do.
totals-of-target-alone = of { $target } planned
totals-by-province = By province
totals-province = Province
totals-by-age = By age
totals-age = Age
totals-by-gender = By gender
totals-gender = Gender
totals-steps = The targets, one by one
totals-step = What
totals-step-day = By
totals-step-value = How many
totals-step-state = Where we are
totals-step-reached = reached
totals-step-missed = not reached
totals-step-ahead = under way
totals-course = Month by month
totals-months-citizens = New citizens each month
totals-months-services = Services each month
totals-count = How many
totals-about = about { $value }
totals-pace = To reach the target it takes { $pace } a month
totals-projection = If things go on like this, by { $day } there will be about { $likely }: from { $least } to { $most }.
totals-projection-explained = This is a guess, not a promise. It takes the mean of the last three whole months and carries it on. The worst and the best month give the two ends.
totals-data = Open data
totals-data-text = You can download the data of the services. There are no names. Where people are few, the file says less.
totals-data-get = Download the data (CSV)
totals-data-about = What is in the data
totals-whole-months = You can only ask for whole months.
totals-hidden-months = Some figures of these months are hidden. Ask for other months.
totals-point-months = Of a point you can only ask for the total, without dates.
totals-not-a-day = This date is not written well.
chart-ahead = A guess at the next months

overview-exact = These figures are exact: keep them to yourself.
overview-programme = Programme
overview-all-provinces = All
overview-all-points = All
overview-from = From
overview-to = To
overview-show = Show
overview-clear = Clear the filters
overview-watch = To keep an eye on
overview-online-new = New citizens by an online service
overview-online-known = Online services to people we knew
overview-unverified = They finished a module but do not count yet
overview-unverified-text = Only the tax code is missing. A facilitator can read it from the card.
overview-behind = { $count ->
    [one] One point is behind
   *[other] Points behind: { $count }
 }
overview-expected = Expected by now
overview-behind-text = Each point has the same part of the target. Here are the furthest behind, ten at most.
overview-none-behind = No point is behind.
overview-quiet = { $count ->
    [one] One point has given no service for 30 days
   *[other] Points without services for 30 days: { $count }
 }
overview-last = Last service
overview-never = never
overview-none-quiet = Every point has given a service in the last 30 days.
overview-figures = The figures
overview-public = The page for everybody
