### Per chi scrive programmi.
developers-title = Per chi programma
developers-description = Che cosa prende e che cosa dà ogni indirizzo. Con gli errori e con gli esempi.
developers-lead = Un programma può fare qui quello che fanno le pagine.
developers-document = La descrizione OpenAPI, per i programmi
developers-in-english = Qui sotto la descrizione è in inglese.
feed-title = I moduli di Autonomia
