# Lists in pages: what of an address is not understood, filters, alerts of points.
list-faults = Questa lista non si può mostrare così
list-not-there = questa scelta non c'è. Scegli dall'elenco.
list-not-a-page = questa pagina non c'è. Torna alla prima.
list-not-a-column = la lista non si può mettere in questo ordine.
list-sort-few = per questo ordine scegli prima un punto o una persona.
list-no-municipality = in questo comune non ci sono punti.
list-anybody = Tutti
list-any-state = Tutti
list-field-chi = Chi
list-field-che = Che cosa
list-field-cosa = Su che cosa
list-field-giorno = Giorno
list-field-dal = Dal giorno
list-field-al = Al giorno
list-field-tipo = Tipo
list-field-punto = Punto
list-field-ruolo = Ruolo
list-field-provincia = Provincia
list-field-comune = Comune
list-field-facilitatore = Dato da
list-field-stato = Stato
list-field-programma = Programma
list-field-ordina = Ordine
list-field-pagina = Pagina
list-field-dopo = Pagina
list-field-prima = Pagina
list-field-dove = Nome, codice, comune o CAP
services-state-validi = Validi
services-state-annullati = Annullati

points-near = Nessun punto ha questo CAP. Ecco i più vicini.
points-none-such = Nessun punto è così. Prova con altri filtri.
points-state-aperti = Aperti
points-state-chiusi = Chiusi
points-state-fermi = Fermi da 30 giorni
points-state-sotto = Sotto la metà degli altri
points-state-indietro = Indietro sull'obiettivo
points-state-incompleti = Con dati che mancano
points-is-fermi = Fermo da 30 giorni
points-is-sotto = Sotto la metà degli altri

alert-fermi = { $count ->
    [one] Un punto su { $open } non dà servizi da 30 giorni
   *[other] { $count } punti su { $open } non danno servizi da 30 giorni
}
alert-sotto = { $count ->
    [one] Un punto su { $open } è sotto la metà degli altri
   *[other] { $count } punti su { $open } sono sotto la metà degli altri
}
alert-indietro = { $count ->
    [one] Un punto su { $open } è indietro
   *[other] { $count } punti su { $open } sono indietro
}
alert-incompleti = { $count ->
    [one] A un punto su { $open } mancano dei dati
   *[other] A { $count } punti su { $open } mancano dei dati
}
alert-all-fermi = { $count ->
    [one] Questo punto non dà servizi da 30 giorni
   *[other] Nessuno dei { $count } punti dà servizi da 30 giorni
}
alert-all-sotto = { $count ->
    [one] Questo punto è sotto la metà degli altri
   *[other] Tutti i { $count } punti sono sotto la metà degli altri
}
alert-all-indietro = { $count ->
    [one] Questo punto è indietro
   *[other] Tutti i { $count } punti sono indietro
}
alert-all-incompleti = { $count ->
    [one] A questo punto mancano dei dati
   *[other] A tutti i { $count } punti mancano dei dati
}
alert-nearly-all-fermi = { $count ->
    [one] Quasi tutta la rete è ferma: un punto su { $open } non dà servizi da 30 giorni.
   *[other] Quasi tutta la rete è ferma: { $count } punti su { $open } non danno servizi da 30 giorni.
}
alert-nearly-all-sotto = Qui quasi tutti i punti sono sotto la metà degli altri: { $count } su { $open }.
alert-nearly-all-indietro = Sono indietro quasi tutti i punti: { $count } su { $open }. Non dipende da uno solo.
alert-nearly-all-incompleti = A quasi tutti i punti mancano dei dati: sono { $count } su { $open }.
alert-reason-fermi = Un punto è fermo se non dà servizi da un mese intero. Una settimana di ferie non basta.
alert-reason-sotto = { $middle ->
    [one] Metti i punti in fila: quello di mezzo ha raggiunto un cittadino. Qui ci sono i punti sotto la metà. I punti solo un po' più piccoli non ci sono.
   *[other] Metti i punti in fila: quello di mezzo ha raggiunto { $middle } cittadini. Qui ci sono i punti sotto la metà. I punti solo un po' più piccoli non ci sono.
}
alert-reason-indietro = Ogni punto ha la stessa parte dell'obiettivo. Qui ci sono i punti che a oggi ne hanno fatta meno.
alert-reason-incompleti = Chi cerca questi punti non li trova, o Facilita non li conosce.
alert-citizens = { $count ->
    [one] un cittadino
   *[other] { $count } cittadini
}
alert-citizens-of = { $count ->
    [one] un cittadino su { $part }
   *[other] { $count } cittadini su { $part }
}
alert-more = { $count ->
    [one] Vedi anche l'altro
   *[other] Vedi anche gli altri { $count }
}
alert-all = Vedi i punti
overview-network-behind = { $reached ->
    [one] La rete ha raggiunto un cittadino. A oggi ne servono { $expected }: { $missing ->
        [one] ne manca uno.
       *[other] ne mancano { $missing }.
    }
   *[other] La rete ha raggiunto { $reached } cittadini. A oggi ne servono { $expected }: { $missing ->
        [one] ne manca uno.
       *[other] ne mancano { $missing }.
    }
}
overview-network-ahead = { $reached ->
    [one] La rete ha raggiunto un cittadino. A oggi ne servono { $expected }: va bene così.
   *[other] La rete ha raggiunto { $reached } cittadini. A oggi ne servono { $expected }: va bene così.
}
overview-no-alert = Tutti i punti vanno bene.
totals-points-title = I punti, uno per uno
totals-all-points = { $count ->
    [one] Vedi il punto
   *[other] Vedi tutti i { $count } punti
}
queue-more = { $count ->
    [one] In coda ce n'è ancora { $count }.
   *[other] In coda ce ne sono ancora { $count }.
}
