# The network's totals.
totals-title = I numeri della rete
totals-description = Quante persone ha raggiunto la rete di facilitazione digitale. Quanti servizi ha dato. Quanto manca agli obiettivi.
totals-lead = { $name }
totals-period = Programma dal { $from } al { $to }.
totals-as-of = Dati aggiornati al { $day }.
totals-citizens = Cittadini raggiunti
totals-services = Servizi
totals-new-citizens = Nuovi cittadini
totals-of-target = { $target ->
    [one] su { $target } previsto ({ $share })
   *[other] su { $target } previsti ({ $share })
}
totals-less-than-one = meno dell'1%
totals-explained = I cittadini raggiunti sono le persone che la rete ha aiutato. Ognuno conta una volta sola. I servizi sono tutte le volte che lo ha fatto: di persona, di gruppo, in aula e online.
totals-by-kind = Per tipo di servizio
totals-kind = Tipo
totals-by-month = Per mese
totals-month = Mese
totals-by-point = Per punto di facilitazione
totals-point = Punto
totals-nothing-yet = Ancora nessun dato.
totals-no-programme = Non c'è ancora un programma: i numeri compariranno qui.
totals-others = Altri programmi

point-not-yours = Questo punto non è tuo.
codice-fiscale-in-address = Non mettere un codice fiscale in un indirizzo.
facilitator-not-you = Puoi registrare solo servizi dati da te.
unknown-kind = Questo tipo di servizio non esiste.
service-there-with-others = Questo servizio è già scritto, con altre persone. Correggilo dalla pagina del servizio.
unknown-citizen = C'è una persona che non è registrata.
only-one = Un servizio individuale è per una persona sola.
in-the-future = Questo giorno deve ancora venire.
before-programme = È prima dell'inizio del programma.
after-programme = È dopo la fine del programma.
not-a-duration = Scrivi una durata in minuti.
