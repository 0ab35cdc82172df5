# Error pages: what happened, and what to do.
error-number = Error { $status }
error-home = Back to the home page
error-400-title = We did not understand the request
error-400-text = The address or the data sent are not complete.
error-400-advice = Go back and try again. If it happens again, start from the home page.
error-401-title = You need to sign in
error-401-text = To see this page you need to sign in, or your session has ended.
error-401-advice = Sign in and try again.
error-403-title = This page is not for you
error-403-text = Your account does not allow this.
error-403-advice = If you think this is a mistake, talk to your facilitation point.
error-404-title = Page not found
error-404-text = There is nothing here. The address may be wrong, or the page was moved.
error-404-advice = Check the address, or search for what you need.
error-405-title = This cannot be done
error-405-text = This page cannot be used in this way.
error-405-advice = Go back and try again.
error-408-title = It took too long
error-408-text = The data did not arrive in time. The connection may be slow.
error-408-advice = Try again when the connection is better.
error-409-title = It is there already
error-409-text = What you sent contradicts what is there already.
error-409-advice = Reload the page and look at how it is now.
error-413-title = You sent too much
error-413-text = You sent a text or a file that is too large.
error-413-advice = Shorten the text, or split the file into several.
error-415-title = Format not accepted
error-415-text = The data sent are not in the right format.
error-415-advice = Use the form on the page.
error-422-title = Check the data
error-422-text = Some of the data are not right.
error-422-advice = Go back and correct the fields named.
error-429-title = Too many requests
error-429-text = We received too many requests in a short time.
error-429-wait = There have been too many tries. { $minutes ->
    [one] Try again in a minute.
   *[other] Try again in { $minutes } minutes.
}
error-429-advice = Wait a moment and try again.
error-500-title = There is a problem on our side
error-500-text = Something did not work. It is not your fault.
error-500-advice = Try again in a few minutes. What you had already done is safe.
error-503-title = The service is not available
error-503-text = We cannot read or save data at the moment. What you sent may not have been saved.
error-503-advice = Try again in a few minutes. If you send it twice, it counts once.

# What a program sent and we cannot read. The texts never repeat the values.
unreadable-json = The text is not valid JSON: look at line { $line }, column { $column }.
unreadable-field = The field { $field } is not right. { $expected }
expected-missing = The field is missing.
expected-once = The field is there more than once.
expected-unknown = There is no such field.
expected-choice = The value is none of those allowed.
expected-boolean = It takes true or false.
expected-number = It takes a whole number that is not too large.
expected-text = It takes a text.
expected-list = It takes a list.
expected-object = It takes an object with fields.
expected-id = It takes an identifier (UUID).
expected-day = It takes a day: year, month, day (YYYY-MM-DD).
expected-other = The value does not have the right form.
gone-title = This answer is no longer here
gone-why = We show the answer to a form again for ten minutes, and only to who sent it.
gone-safe = There is nothing you need to do. The form was not sent again.
gone-on = Go to the page
