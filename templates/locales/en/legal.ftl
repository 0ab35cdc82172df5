# The pages the law asks for: short and true.
privacy-title = Privacy
privacy-description = Which data Autonomia handles, why, and what you can ask for.
privacy-lead = To read, practise and take quizzes we do not ask for your name.
privacy-1-title = If you learn without a card
privacy-1-text = When you mark a lesson as read or begin a quiz, your browser receives a random code. It only serves to find your progress again. We do not know who you are.
privacy-2-title = If you have the card
privacy-2-text = The facilitator writes down what you tell them. Your first and last name are enough. If you wish, give your tax code, date of birth and gender too. You can add education, job, citizenship, province, phone and e-mail. The lessons you read, your quiz answers and the modules you complete are added later.
privacy-3-title = What they are for
privacy-3-text = They let you find your progress. We need them to help you at the point. We also count the people reached and the services given by the public facilitation network. We do not use them for adverts. We do not sell them.
privacy-4-title = How we protect them
privacy-4-text = The tax code is encrypted: without the key nobody can read it. It never appears in an address, in a search or in the technical logs. The network's public results are totals only. They say nothing about a single person.
privacy-5-title = Who sees them
privacy-5-text = The facilitators of your point see them, and so does whoever runs the site. The services that count go to the national system that follows the results. The programme asks for this.
privacy-6-title = What you can ask for
privacy-6-text = You can see your data, correct them, have a copy or have them erased. Ask your facilitation point. You can also ask the body that runs this service, which is the data controller.

accessibilita-title = Accessibility
accessibilita-description = What we do so that everybody can use this site. Where to report a problem.
accessibilita-lead = This site is for everybody. It is made for people who seldom use a computer or who have an old phone. It is also made for people who browse with a screen reader or other aids.
accessibilita-1-title = What we have done
accessibilita-1-text = Every page works without scripts and with the keyboard alone. It also works with enlarged text. The lessons use plain words. Images have a text that describes them.
accessibilita-2-title = Where we are
accessibilita-2-text = We follow WCAG 2.2, level AA, and the European standard EN 301 549. We check it ourselves at every change. No outside body has assessed us yet.
accessibilita-3-title = How to report a problem
accessibilita-3-text = Does something not work for you? Write it here, or tell your facilitation point. We answer within 30 days.
accessibilita-4-title = If nobody answers
accessibilita-4-text = If no one answers in thirty days, write to the digital ombudsman. You can also write if the answer does not help you. You find it at AgID, the Agency for Digital Italy.

cookie-title = Cookies
cookie-description = The two technical cookies this site uses.
cookie-lead = We use two technical cookies only. Neither follows you to other sites, so we do not ask you to accept them.
cookie-1-title = autonomia
cookie-1-text = Remembers your session. If you learn as a guest it does not hold your name, and lasts a year. If you entered with a card it is tied to the card. Then it ends when you sign out, when you close the browser or after twelve hours.
cookie-2-title = lingua
cookie-2-text = Remembers the language you chose, for a year. It is only there if you choose one.
cookie-3-title = How to remove them
cookie-3-text = You can delete them in your browser's settings. Take care with the first one if you learn as a guest. If you delete it, you lose the progress that is not tied to a card.
