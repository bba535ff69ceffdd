//! An afternoon by dice: citizens, clerks, fingers, faults and power cuts.

use std::time::Duration;

use bench::{
    model::{Card, CashMood, Dice, PrinterMood, TerminalMood},
    people::PEOPLE,
};
use devices::{card_reader::CardFault, payment_terminal::DeclineReason as Declines};
use kiosk::visit::{
    Key, Language, Touch,
    view::{Means, ReviewTarget},
};
use request::{DeclineReason, NetworkFault};

use crate::{
    action::{Action, Reader},
    cable::Cable,
    citizen::{Citizen, Piece, SERVICES},
    desk::Work,
    exchange::Networks,
    lease::LEASED,
    station::PowerCut,
    town::{KIOSKS, STATIONS},
};

const VISITS: u64 = 2;
const ACTIONS: u64 = 28;
/// A station's disk is copied in one of so many afternoons.
const COPIED: u64 = 6;
/// A kiosk is cut off and issues by itself in one of so many visits.
const CUT_OFF: u64 = 8;
/// A kiosk dies at work in one of so many visits.
const DIES: u64 = 3;
const HONEST_VISITS: usize = 4;

/// The afternoon of a seed. Every fourth is calm: people do what they like, and
/// nothing breaks.
pub fn afternoon(seed: u64) -> Vec<Action> {
    let mut by_dice = ByDice::of(seed ^ 0x6d69_6e77_6f6e);
    let stormy = !seed.is_multiple_of(4);
    let copied = (stormy && by_dice.0.one_in(COPIED)).then(|| by_dice.station());
    let mut actions: Vec<Action> = copied.map(Action::CopyDisk).into_iter().collect();
    for visit in 0..VISITS {
        for at in 0..KIOSKS {
            actions.push(Action::Arrive(at, by_dice.citizen()));
        }
        if stormy {
            by_dice.loom(&mut actions);
        }
        if stormy && by_dice.0.one_in(CUT_OFF) {
            by_dice.cut_off(&mut actions);
        }
        if stormy && by_dice.0.one_in(DIES) {
            by_dice.die_at_work(&mut actions);
        }
        for _ in 0..ACTIONS {
            actions.push(by_dice.action(stormy));
            if stormy && by_dice.1.one_in(14) {
                actions.push(by_dice.terminal());
            }
        }
        if let Some(at) = copied.filter(|_| visit == 0) {
            actions.push(Action::StartCopy(at, by_dice.0.one_in(2)));
        }
    }
    actions
}

/// An afternoon of citizens who do what the screens ask for until they are done,
/// while nothing breaks.
pub fn honest_afternoon(seed: u64) -> Vec<Action> {
    let mut by_dice = ByDice::of(seed ^ 0x686f_6e65_7374);
    let come = std::iter::repeat_with(|| Action::Visit(by_dice.kiosk(), by_dice.citizen()));
    come.take(HONEST_VISITS).collect()
}

/// The second dice are the payment cards': what else happens does not change with them.
pub(crate) struct ByDice(pub(crate) Dice, Dice);

impl ByDice {
    pub(crate) fn of(seed: u64) -> Self {
        Self(Dice::new(seed), Dice::new(seed ^ 0x6361_7264))
    }

    fn kiosk(&mut self) -> usize {
        usize::try_from(self.0.below(KIOSKS as u64)).unwrap()
    }

    fn station(&mut self) -> usize {
        usize::try_from(self.0.below(STATIONS as u64)).unwrap()
    }

    fn number(&mut self, below: u64) -> u32 {
        u32::try_from(self.0.below(below)).unwrap()
    }

    pub(crate) fn citizen(&mut self) -> Citizen {
        let pieces = [
            Piece::Coin(100),
            Piece::Coin(500),
            Piece::Note(1000),
            Piece::Note(5000),
            Piece::Note(10_000),
        ];
        Citizen {
            service: self.0.pick(&SERVICES),
            person: self.0.pick(&PEOPLE),
            copies: self.number(3) + 1,
            purse: (0..4).map(|_| self.0.pick(&pieces)).collect(),
            wants_receipt: self.0.one_in(2),
            besides: self.besides(),
            by_card: self.1.one_in(4),
        }
    }

    pub(crate) fn terminal(&mut self) -> Action {
        let moods = [
            TerminalMood::Well,
            TerminalMood::Declines(Declines::NotEnough),
            TerminalMood::LosesAnswers,
            TerminalMood::BreaksOff,
            TerminalMood::Mute,
            TerminalMood::Away,
            TerminalMood::Keeps,
        ];
        let at = usize::try_from(self.1.below(KIOSKS as u64)).unwrap();
        Action::Terminal(at, self.1.pick(&moods))
    }

    /// Some fill a basket.
    fn besides(&mut self) -> Vec<&'static str> {
        let count = if self.0.one_in(3) { self.number(3) } else { 0 };
        (0..count).map(|_| self.0.pick(&SERVICES)).collect()
    }

    /// What comes over a visit sooner or later.
    fn loom(&mut self, actions: &mut Vec<Action>) {
        if self.0.one_in(2) {
            actions.push(Action::CutPower(self.station(), self.power_cut(300)));
        }
        if self.0.one_in(12) {
            actions.push(Action::FillDisk(self.station(), self.number(25)));
        }
    }

    /// Somebody wants what is leased while the exchange is away, some time after
    /// the clock was set.
    fn cut_off(&mut self, actions: &mut Vec<Action>) {
        let at = self.kiosk();
        let citizen = Citizen {
            service: LEASED,
            ..self.citizen()
        };
        actions.push(Action::Wait(Duration::from_secs(1)));
        actions.push(Action::Cable(at, Cable::Cut));
        if self.0.one_in(3) {
            actions.push(Action::SetClock(at, self.jump_seconds()));
        }
        actions.push(Action::Visit(at, citizen));
    }

    /// The power goes while somebody is served, and may go again while it is found
    /// out what was done; a device may not be able to tell.
    fn die_at_work(&mut self, actions: &mut Vec<Action>) {
        let at = self.kiosk();
        let looms = self.0.below(4);
        match looms {
            0 => actions.push(self.cannot_tell_of_paper(at)),
            1 => actions.push(self.cannot_tell_of_money(at)),
            2 => actions.push(self.fault(at)),
            _ => {}
        }
        let cut = match self.0.below(7) {
            0 | 1 => PowerCut::AfterPrintOrder,
            2 => PowerCut::BeforePrintOrder(self.number(3)),
            3 | 4 => PowerCut::AfterCashOrder,
            5 => PowerCut::InWrite(self.number(40)),
            _ => PowerCut::AfterSteps(self.number(200)),
        };
        actions.push(Action::CutPower(at, cut));
        if self.0.one_in(3) {
            let again = PowerCut::AfterSteps(self.number(10));
            actions.push(Action::CutPower(at, again));
        }
        let citizen = self.citizen();
        // Whoever pays with coins meets the coins' faults.
        let by_card = citizen.by_card && looms != 1;
        actions.push(Action::Visit(at, Citizen { by_card, ..citizen }));
    }

    fn cannot_tell_of_paper(&mut self, at: usize) -> Action {
        let silent = PrinterMood::Silent {
            sheet: self.0.one_in(2),
        };
        let moods = [
            silent,
            silent,
            PrinterMood::Late,
            PrinterMood::Forgetful,
            PrinterMood::Miscounts,
            PrinterMood::Confused,
        ];
        Action::Printer(at, self.0.pick(&moods))
    }

    fn cannot_tell_of_money(&mut self, at: usize) -> Action {
        let moods = [
            CashMood::Late,
            CashMood::Late,
            CashMood::LosesCount,
            CashMood::Miscounts,
        ];
        let holds = self.0.pick(&[1_000_000, 1_000_000, 300]);
        Action::Cash(at, self.0.pick(&moods), holds, 1_000_000)
    }

    fn action(&mut self, stormy: bool) -> Action {
        match self.0.below(if stormy { 20 } else { 12 }) {
            0 => Action::Touch(self.kiosk(), self.touch()),
            1 => Action::Wait(Duration::from_millis(self.0.below(6_000))),
            2 => {
                let work = [
                    Work::Open,
                    Work::Open,
                    Work::Submit,
                    Work::Submit,
                    Work::End,
                ];
                Action::Clerk(KIOSKS, self.0.pick(&work))
            }
            12 | 13 => {
                let at = self.kiosk();
                self.fault(at)
            }
            14 => self.card_or_money(),
            15 => self.exchange_or_cable(),
            16 if self.0.one_in(2) => Action::Wait(Duration::from_secs(self.0.below(120))),
            16 => Action::SetClock(self.station(), self.jump_seconds()),
            17 if self.0.one_in(3) => Action::CutPower(self.station(), self.power_cut(40)),
            17 if self.0.one_in(3) => Action::Restart(self.station()),
            18 if self.0.one_in(4) => Action::Visit(self.kiosk(), self.citizen()),
            _ => Action::Walk(self.kiosk(), self.number(5) + 1),
        }
    }

    pub(crate) fn power_cut(&mut self, steps: u64) -> PowerCut {
        match self.0.below(6) {
            0 => PowerCut::AfterPrintOrder,
            1 => PowerCut::AfterCashOrder,
            2 => PowerCut::InWrite(self.number(steps.div_ceil(10))),
            _ => PowerCut::AfterSteps(self.number(steps)),
        }
    }

    /// From seconds to a year, either way.
    pub(crate) fn jump_seconds(&mut self) -> i64 {
        let jumps = [1, 60, 3_600, 86_400, 31_536_000];
        let by = self.0.pick(&jumps);
        if self.0.one_in(2) { by } else { -by }
    }

    fn touch(&mut self) -> Touch {
        let service = ["no-such-service", SERVICES[0], SERVICES[1], SERVICES[2]];
        let touches = [
            Touch::Start,
            Touch::ChooseLanguage(Language::English),
            Touch::ChooseLanguage(Language::Korean),
            Touch::ChooseService(self.0.pick(&service).to_owned()),
            Touch::Next,
            Touch::Next,
            Touch::Next,
            Touch::Back,
            Touch::StartOver,
            Touch::StayHere,
            Touch::Key(Key::Character('7')),
            Touch::Key(Key::Character('ㅅ')),
            Touch::Key(Key::Backspace),
            Touch::Key(Key::Layout),
            Touch::PickSuggestion(3),
            Touch::PickOption {
                option: "numbers".to_owned(),
                choice: "full".to_owned(),
            },
            Touch::MoreCopies,
            Touch::FewerCopies,
            Touch::Agree,
            Touch::Disagree,
            Touch::Change(ReviewTarget::Form),
            Touch::Change(ReviewTarget::Options),
            Touch::AddAnother,
            Touch::OpenBasket,
            Touch::EditItem(0),
            Touch::RemoveItem(1),
            Touch::PayWith(Means::Cash),
            Touch::PayWith(Means::Card),
            Touch::CancelPayment,
            Touch::WantReceipt,
            Touch::NoReceipt,
            Touch::TryAgain,
            Touch::TryAgain,
            Touch::NextTextSize,
            Touch::AskForHelp,
            Touch::CloseHelp,
        ];
        self.0.pick(&touches)
    }

    pub(crate) fn fault(&mut self, at: usize) -> Action {
        let sheet = self.0.one_in(2);
        match self.0.below(5) {
            0 | 1 => Action::Printer(
                at,
                self.0.pick(&[
                    PrinterMood::Well,
                    PrinterMood::Stutters,
                    PrinterMood::OutOfPaper,
                    PrinterMood::CoverOpen,
                    PrinterMood::Jammed { sheet },
                    PrinterMood::Silent { sheet },
                    PrinterMood::Late,
                    PrinterMood::Forgetful,
                    PrinterMood::Miscounts,
                    PrinterMood::Confused,
                ]),
            ),
            2 => Action::Receipts(
                at,
                self.0.pick(&[
                    PrinterMood::Well,
                    PrinterMood::Stutters,
                    PrinterMood::OutOfPaper,
                    PrinterMood::Silent { sheet },
                ]),
            ),
            3 => {
                let mood = self.0.pick(&[
                    CashMood::Well,
                    CashMood::Stutters,
                    CashMood::GivesNotesBack,
                    CashMood::LosesCount,
                    CashMood::Jammed,
                    CashMood::Mute,
                    CashMood::Late,
                    CashMood::Miscounts,
                ]);
                let holds = self.0.pick(&[0, 700, 3_000, 1_000_000]);
                let says = self.0.pick(&[holds, 1_000_000]);
                Action::Cash(at, mood, holds, says)
            }
            _ if self.0.one_in(6) => Action::ResetCounters(at),
            _ => Action::Mend(at),
        }
    }

    fn card_or_money(&mut self) -> Action {
        let at = self.kiosk();
        match self.0.below(4) {
            0 => Action::PullCard(at),
            1 => Action::Coin(at, 500),
            2 => Action::Note(at, 5_000),
            _ => {
                let card = [
                    Card::Of(self.0.pick(&PEOPLE)),
                    Card::Bad(CardFault::Damaged),
                    Card::Bad(CardFault::Unknown),
                    Card::Mute,
                ];
                let reader = self.0.pick(&[Reader::Chip, Reader::Stripe]);
                Action::PutCard(at, self.0.pick(&card), reader)
            }
        }
    }

    pub(crate) fn exchange_or_cable(&mut self) -> Action {
        match self.0.below(6) {
            0 => Action::RestartExchange,
            1 | 2 => Action::Networks(self.0.pick(&[
                Networks::Well,
                Networks::Well,
                Networks::Slow,
                Networks::Fail(NetworkFault::Nonsense),
                Networks::Decline(DeclineReason::NoSuchRecord),
            ])),
            _ => Action::Cable(
                self.station(),
                self.0
                    .pick(&[Cable::Well, Cable::Poor, Cable::Poor, Cable::Cut]),
            ),
        }
    }
}
