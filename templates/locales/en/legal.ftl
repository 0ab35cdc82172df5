# The pages the law asks for: short and true.
privacy-title = Privacy
privacy-description = Which data Autonomia handles, why, and what you can ask for.
privacy-lead = To read, practise and take quizzes we do not ask for your name.
privacy-1-title = If you learn without a card
privacy-1-text = When you mark a lesson as read or begin a quiz, your browser receives a random code. It only serves to find your progress again. We do not know who you are.
privacy-2-title = If you have the card
privacy-2-text = The facilitator records what you tell them: given and family name and, if you wish, tax code, education, occupation, citizenship, province and contacts. The lessons you read, your quiz answers and the modules you complete are added to these.
privacy-3-title = What they are for
privacy-3-text = To find your progress, to help you at the point, and to count the people reached and the services given by the public facilitation network. We do not use them for advertising and do not sell them.
privacy-4-title = How we protect them
privacy-4-text = The tax code is kept encrypted and never appears in addresses, technical logs or searches. The network's public results are totals only: nothing about a single person.
privacy-5-title = Who sees them
privacy-5-text = The facilitators of your point and whoever runs the platform. Counted services are reported to the national monitoring system, as the programme requires.
privacy-6-title = What you can ask for
privacy-6-text = To see your data, correct them, have a copy or erase them. Ask your facilitation point or the body that runs this service, which is the data controller.

accessibilita-title = Accessibility
accessibilita-description = How this site is made so that everybody can use it, and where to report a problem.
accessibilita-lead = This site is made for people who seldom use a computer, who have an old phone, or who browse with assistive technology.
accessibilita-1-title = What we have done
accessibilita-1-text = Every page works without scripts, with the keyboard alone and with enlarged text. Lessons are in plain language and images have a text alternative.
accessibilita-2-title = Where we are
accessibilita-2-text = We follow WCAG 2.2, level AA, and the European standard EN 301 549. We check it ourselves at every change. No outside body has assessed us yet.
accessibilita-3-title = How to report a problem
accessibilita-3-text = Does something not work for you? Write it here, or tell your facilitation point. We answer within 30 days.
accessibilita-4-title = If nobody answers
accessibilita-4-text = If you have no answer within thirty days, or it does not satisfy you, you can turn to the digital ombudsman (difensore civico per il digitale) at AgID, the Agency for Digital Italy.

cookie-title = Cookies
cookie-description = The two technical cookies this site uses.
cookie-lead = We use two technical cookies only. Neither follows you to other sites, so we do not ask you to accept them.
cookie-1-title = autonomia
cookie-1-text = Remembers your session: without a name if you learn as a guest, tied to your card if you have entered. As a guest it lasts a year; with the card it ends when you sign out, when you close the browser or after twelve hours.
cookie-2-title = lingua
cookie-2-text = Remembers the language you chose, for a year. It is only there if you choose one.
cookie-3-title = How to remove them
cookie-3-text = You can delete them in your browser's settings. If you delete the first while learning as a guest, you lose the progress that is not tied to a card.
