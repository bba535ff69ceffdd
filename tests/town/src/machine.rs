//! A kiosk as it stands there: its visit, its devices, and who stands before it.

use std::{collections::BTreeSet, sync::Arc};

use bench::model::{
    Ahead, CardSlot, CashBox, CashMood, Change, DocumentPrinter, Next, PaymentTerminal,
    PrinterMood, ReceiptPrinter, TerminalMood, Told,
};
use catalog::{Bilingual, Catalog, Hours};
use devices::{
    cash::{CashCounters, CashEvent},
    document_printer::DocumentPrinterEvent,
    printer::JobId,
};
use kiosk::{
    evidence::Counted,
    recovery::{LeftOpen, Recovery},
    visit::{Event, Moment, Site, View, Visit},
};
use request::{RequestEvent, RequestId, StationId};

use crate::{citizen::Citizen, tickets::issuer};

pub(crate) struct Machine {
    pub(crate) visit: Visit,
    /// What a crash left open, until all of it is brought to an end.
    pub(crate) recovery: Option<Recovery>,
    pub(crate) view: Option<View>,
    pub(crate) slot: CardSlot,
    pub(crate) printer: DocumentPrinter,
    pub(crate) receipts: ReceiptPrinter,
    pub(crate) cash: CashBox,
    pub(crate) terminal: PaymentTerminal,
    pub(crate) citizen: Citizen,
    /// Pieces of the citizen's purse that went into the slots.
    pub(crate) paid_in: usize,
    /// What the devices have told that they counted.
    pub(crate) counted: Counted,
    pub(crate) cash_counters: CashCounters,
    /// Numbers of which the printer itself has said that they came out.
    pub(crate) evidence: BTreeSet<String>,
    /// Devices that have been well all afternoon: what they know is found out.
    pub(crate) trusted: Trusted,
    /// Only a shell with a bug looks at this.
    pub(crate) mistaken: Mistaken,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Trusted {
    pub(crate) printer: bool,
    pub(crate) acceptors: bool,
    pub(crate) hoppers: bool,
    pub(crate) terminal: bool,
}

/// What shells with bugs remember.
#[derive(Default)]
pub(crate) struct Mistaken {
    /// What is written down after the deed.
    pub(crate) held_back: Option<(RequestId, RequestEvent)>,
    /// What was counted before the newest event.
    pub(crate) counted_before: Counted,
    /// What the cash devices had counted before the crash.
    pub(crate) seen: Option<CashCounters>,
    /// The sheet the printer was asked about.
    pub(crate) asked_about: Option<JobId>,
}

impl Machine {
    pub(crate) fn new(catalog: Arc<Catalog>, station: &StationId, now: Moment) -> Self {
        Self {
            visit: Visit::new(catalog, site(station), issuer(station), now),
            recovery: None,
            view: None,
            slot: CardSlot::default(),
            printer: DocumentPrinter::default(),
            receipts: ReceiptPrinter::default(),
            cash: CashBox::default(),
            terminal: PaymentTerminal::default(),
            citizen: Citizen::default(),
            paid_in: 0,
            counted: Counted::default(),
            cash_counters: CashCounters::default(),
            evidence: BTreeSet::new(),
            trusted: Trusted {
                printer: true,
                acceptors: true,
                hoppers: true,
                terminal: true,
            },
            mistaken: Mistaken::default(),
        }
    }

    /// Forgets everything but what is made of metal and paper, and finds in its
    /// journal what was left open.
    pub(crate) fn start_again(
        &mut self,
        catalog: Arc<Catalog>,
        station: &StationId,
        open: Vec<LeftOpen>,
        now: Moment,
    ) -> Ahead {
        self.slot.accepting = false;
        self.view = None;
        self.counted = Counted::default();
        self.cash_counters = CashCounters::default();
        let seen = open.iter().find_map(|it| it.cash);
        self.mistaken = Mistaken {
            seen,
            ..Mistaken::default()
        };
        let (site, tickets) = (site(station), issuer(station));
        self.recovery = None;
        self.visit = if open.is_empty() {
            Visit::new(catalog, site, tickets, now)
        } else {
            self.recovery = Some(Recovery::new(open, Arc::clone(&tickets), now.instant));
            Visit::recovering(catalog, site, tickets, now)
        };
        self.printer.start_again();
        self.terminal.start_again();
        self.cash.start_again(seen)
    }

    /// Every device says how it is; those that count, what they have counted.
    pub(crate) fn introductions(&self) -> Vec<Told> {
        let counters = CashEvent::Counted(self.cash.counters());
        let counted = (!self.cash.is_starting()).then_some(Told::Cash(counters));
        let cash = counted.into_iter().chain([self.cash.status()]);
        [CardSlot::status(), self.printer.status()]
            .into_iter()
            .chain(self.printer.counted())
            .chain([self.receipts.status(), self.terminal.status()])
            .chain(self.terminal.counted())
            .chain(cash)
            .collect()
    }

    /// The counters that the cash devices' driver tells with an event. What comes
    /// with one is of its own device.
    pub(crate) fn cash_told(&mut self, event: &CashEvent) -> CashCounters {
        let told = &mut self.cash_counters;
        if let CashEvent::Counted(newer) = event {
            told.coin_events = newer.coin_events.or(told.coin_events);
            told.note_events = newer.note_events.or(told.note_events);
        }
        if !self.cash.is_starting() {
            told.paid_won = self.cash.counters().paid_won;
        }
        *told
    }

    pub(crate) fn change(&mut self, change: &Change) -> Ahead {
        let ahead = match change {
            Change::Sheet(job) => self.printer.print(job),
            Change::StackNote => self.cash.stack_note(),
            Change::ReturnNote => self.cash.return_note(),
            Change::Pay { amount_won } => self.cash.pay(*amount_won),
            Change::Resume(seen) => self.cash.resume(*seen),
            Change::LookUp { job, before } => self.printer.look_up(job, *before),
            Change::Compare { job, before } => self.printer.compare(job, *before),
            Change::Charge { key, amount_won } => self.terminal.charge(key, *amount_won),
            Change::ReverseCard { key, amount_won } => self.terminal.give_back(key, *amount_won),
            Change::LookUpCard {
                key,
                deed,
                amount_won,
                before,
            } => self.terminal.look_up(key, *deed, *amount_won, *before),
        };
        for (_, next) in &ahead {
            if let Next::Told(Told::DocumentPrinter(DocumentPrinterEvent::Printed {
                job, ..
            })) = next
            {
                self.evidence.insert(job.as_str().to_owned());
            }
        }
        ahead
    }

    /// What was ordered never happens.
    pub(crate) fn lose(&mut self, change: &Change) {
        match change {
            Change::Sheet(job) => {
                self.printer.lose(job);
                self.trusted.printer = false;
            }
            Change::Charge { .. } | Change::ReverseCard { .. } => self.terminal.lose(),
            _ => self.cash.lose_movement(),
        }
    }

    /// The power of the devices goes, too.
    pub(crate) fn lose_power(&mut self) {
        self.printer.lose_power();
        self.cash.lose_power();
        self.trusted.printer = false;
        self.trusted.acceptors = false;
    }

    /// Somebody has set back whatever counts.
    pub(crate) fn reset_counters(&mut self) {
        self.printer.reset_count();
        self.cash.reset_counts();
        self.trusted = Trusted {
            printer: false,
            acceptors: false,
            hoppers: false,
            ..self.trusted
        };
    }

    pub(crate) fn set_printer(&mut self, mood: PrinterMood) {
        self.printer.mood = mood;
        self.trusted.printer &= matches!(
            mood,
            PrinterMood::Well
                | PrinterMood::Stutters
                | PrinterMood::Confused
                | PrinterMood::OutOfPaper
                | PrinterMood::CoverOpen
        );
    }

    pub(crate) fn set_terminal(&mut self, mood: TerminalMood) {
        self.terminal.mood = mood;
        self.trusted.terminal &= !matches!(mood, TerminalMood::Mute | TerminalMood::Away);
    }

    pub(crate) fn set_cash(&mut self, mood: CashMood) {
        self.cash.mood = mood;
        let well = matches!(
            mood,
            CashMood::Well | CashMood::Stutters | CashMood::GivesNotesBack
        );
        let counts = matches!(mood, CashMood::LosesCount | CashMood::Miscounts);
        self.trusted.acceptors &= well || counts;
        self.trusted.hoppers &= well;
    }

    pub(crate) fn mend(&mut self) {
        self.cash.hopper_won = 1_000_000;
        self.cash.told_change_won = 1_000_000;
        self.cash.mood = CashMood::Well;
        self.terminal.mood = TerminalMood::Well;
        self.printer.mood = PrinterMood::Well;
        self.receipts.mood = PrinterMood::Well;
    }
}

fn site(station: &StationId) -> Site {
    let both = |text: &str| Bilingual {
        ko: text.to_owned(),
        en: text.to_owned(),
    };
    Site {
        station: station.clone(),
        office: both("가온구청"),
        place: both("1층 로비"),
        jurisdiction: "41999".to_owned(),
        telephone: "110".to_owned(),
        agents_at_screen: true,
        two_person_check: false,
        text_messages: true,
        handset: false,
        hours: Hours::default(),
        cash: true,
        card_terminal: true,
    }
}

pub(crate) fn event(told: Told) -> Event {
    match told {
        Told::Card(event) => Event::Card(event),
        Told::DocumentPrinter(event) => Event::DocumentPrinter(event),
        Told::ReceiptPrinter(event) => Event::ReceiptPrinter(event),
        Told::Cash(event) => Event::Cash(event),
        Told::PaymentTerminal(event) => Event::PaymentTerminal(event),
    }
}
