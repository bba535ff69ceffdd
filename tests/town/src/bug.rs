//! Mistakes a shell could make. Each is built into the town's shell alone, to
//! prove that the laws find it.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    /// A kiosk orders the printer first and writes down afterwards that it would.
    JournalsAfterPrinting,
    /// The same, where nobody watches the orders: only paper and journal can tell.
    JournalsAfterPrintingUnwatched,
    /// A kiosk lets money out first and writes down afterwards that it would.
    JournalsAfterPaying,
    /// A station takes an entry for written when it will be written with the next.
    AcceptsBeforeWriting,
    /// The exchange acknowledges what it has not yet written down.
    AcknowledgesBeforeWriting,
    /// The exchange works on every submission it is offered, known or not.
    ForgetsWhatItKnows,
    /// A station takes an answer to be about one entry more than it says.
    AcknowledgesOneTooMany,
    /// A station offers its entries in the order of its clock.
    TrustsTheClock,
    /// A station goes on after a crash as if nothing had been open.
    ForgetsToRecover,
    /// A station prints again after a crash what may have been printed.
    PrintsAgain,
    /// A kiosk takes a printer's silence for its word.
    BelievesSilence,
    /// A station does not tell the exchange that its journal is not the one that
    /// the exchange knows.
    HidesWhatItFinds,
    /// The exchange lets whoever holds less than it does go on from there.
    WelcomesAnOlderCopy,
    /// The exchange acknowledges what it keeps aside of a station in quarantine.
    ConfirmsWhatItKeepsAside,
    /// A kiosk does not look whether a lease has run out.
    LooksAtNoClock,
    /// The same, and the exchange does not look either.
    TakesOverWhatRanOut,
    /// A kiosk leaves the numbers that it has used in the lease.
    TakesNumbersAgain,
    /// A station mints ids of requests out of what its disk says alone.
    MintsFromTheDiskAlone,
    /// After a crash a kiosk does not look at what its devices had counted.
    IgnoresTheCounters,
    /// A kiosk notes what the devices have counted after the entry that it belongs to.
    NotesCountersTooLate,
    /// It notes what they had counted before the event that the entry tells.
    NotesOldCounters,
    /// It takes the printer's count from before one sheet for that before the next.
    TrustsAnOldCount,
    /// After a crash it takes a printer that does not answer for one that printed
    /// nothing.
    TakesSilenceForNothing,
    /// Likewise hoppers for such that paid nothing.
    TakesSilenceForNoPayout,
    /// It prints anew what it has just given up as unknown.
    IssuesAgainAfterUnknown,
    /// A kiosk writes down that money has left a request, and not where it went.
    LosesWhatIsCarried,
}

impl Bug {
    pub const ALL: [Bug; 26] = [
        Bug::JournalsAfterPrinting,
        Bug::JournalsAfterPrintingUnwatched,
        Bug::JournalsAfterPaying,
        Bug::AcceptsBeforeWriting,
        Bug::AcknowledgesBeforeWriting,
        Bug::ForgetsWhatItKnows,
        Bug::AcknowledgesOneTooMany,
        Bug::TrustsTheClock,
        Bug::ForgetsToRecover,
        Bug::PrintsAgain,
        Bug::BelievesSilence,
        Bug::HidesWhatItFinds,
        Bug::WelcomesAnOlderCopy,
        Bug::ConfirmsWhatItKeepsAside,
        Bug::LooksAtNoClock,
        Bug::TakesOverWhatRanOut,
        Bug::TakesNumbersAgain,
        Bug::MintsFromTheDiskAlone,
        Bug::IgnoresTheCounters,
        Bug::NotesCountersTooLate,
        Bug::NotesOldCounters,
        Bug::TrustsAnOldCount,
        Bug::TakesSilenceForNothing,
        Bug::TakesSilenceForNoPayout,
        Bug::IssuesAgainAfterUnknown,
        Bug::LosesWhatIsCarried,
    ];
}
