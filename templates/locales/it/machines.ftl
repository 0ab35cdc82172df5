### Per chi scrive programmi.
developers-title = Per chi programma
developers-description = Come un programma legge i corsi e registra i servizi: indirizzi, campi, errori, esempi.
developers-lead = Un programma può fare qui quello che fanno le pagine.
developers-document = La descrizione OpenAPI, per i programmi
developers-in-english = Qui sotto la descrizione è in inglese.
developers-contents = In questa pagina
feed-title = I moduli di Autonomia
