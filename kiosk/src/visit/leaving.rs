//! The ways a visit ends, and the warning before it ends by itself.

use std::time::{Duration, Instant};

use devices::card_reader::CardReaderOrder;
use request::{AssistanceEnding, Stage};

use super::{
    Command, Language, Moment, Touch, Visit,
    settling::Ending,
    step::Step,
    view::{FailureReason, Farewell, Guidance},
};

/// A kiosk that nobody touches for this long asks whether somebody is there.
const IDLE_WARNING: Duration = Duration::from_secs(60);
/// Whoever listens needs longer for every screen.
const LISTENING_WARNING: Duration = Duration::from_secs(180);
/// …and this much later it forgets who stood there.
const IDLE_GRACE: Duration = Duration::from_secs(20);
const CARD_REMINDER: Duration = Duration::from_secs(60);
const PARTING: Duration = Duration::from_secs(8);

/// How long nobody has touched the screen.
#[derive(Debug, Default)]
pub(super) struct Idle {
    listening: bool,
    since: Option<Instant>,
    last_touch: Option<Instant>,
    told_seconds: u32,
}

impl Idle {
    pub(super) fn touched(&mut self, now: Instant) {
        self.last_touch = Some(now);
        self.told_seconds = 0;
    }

    /// Starts or stops the watch; a step that waits for a machine is not watched.
    pub(super) fn watch(&mut self, watched: bool, listening: bool, now: Instant) {
        self.listening = listening;
        self.since = match (watched, self.since) {
            (false, _) => None,
            (true, None) => Some(now),
            (true, Some(since)) => Some(self.last_touch.map_or(since, |touch| since.max(touch))),
        };
        self.told_seconds = self.leaving_in(now).unwrap_or(0);
    }

    fn warning(&self) -> Duration {
        if self.listening {
            LISTENING_WARNING
        } else {
            IDLE_WARNING
        }
    }

    pub(super) fn expired(&self, now: Instant) -> bool {
        self.since
            .is_some_and(|since| now >= since + self.warning() + IDLE_GRACE)
    }

    /// Seconds left, once the warning is up.
    pub(super) fn leaving_in(&self, now: Instant) -> Option<u32> {
        let ends = self.since? + self.warning() + IDLE_GRACE;
        let left = ends.saturating_duration_since(now);
        let seconds = u32::try_from(left.as_millis().div_ceil(1000)).unwrap_or(0);
        (left <= IDLE_GRACE).then_some(seconds)
    }

    /// When the warning appears, counts down, or the visit ends.
    pub(super) fn next_change(&self) -> Option<Instant> {
        let since = self.since?;
        let warning = since + self.warning();
        if self.told_seconds == 0 {
            return Some(warning);
        }
        let ends = warning + IDLE_GRACE;
        Some(ends - Duration::from_secs(u64::from(self.told_seconds.saturating_sub(1))))
    }
}

impl Visit {
    pub(super) fn watch_idle(&mut self, now: Instant) {
        let listening = self.person.accessibility.guidance.is_some();
        self.idle.watch(self.step.watched(), listening, now);
    }

    pub(super) fn start(&mut self, language: Language) {
        if self.fittings.out_of_service().is_some() {
            return;
        }
        self.person.language = language;
        self.person.choosing_language = false;
        self.person.copies = 1;
        self.enter(Step::Finding);
    }

    pub(super) fn adjust(&mut self, touch: &Touch, now: Moment) {
        let settings = &mut self.person.accessibility;
        match touch {
            Touch::NextTextSize => settings.text = settings.text.next(),
            Touch::NextContrast => settings.contrast = settings.contrast.next(),
            Touch::LowScreen => settings.low_screen = !settings.low_screen,
            Touch::Stillness => settings.still = !settings.still,
            Touch::Guidance(touch) => {
                let first = self.preferences.guidance();
                settings.guidance = Guidance::after(settings.guidance, *touch, first);
            }
            Touch::Moved => {}
            Touch::AskForHelp => self.person.helping = true,
            Touch::CloseHelp => self.person.helping = false,
            Touch::OpenLanguages => self.person.choosing_language = true,
            _ => self.person.choosing_language = false,
        }
        // A resting screen is not watched, and must not stay as somebody left it.
        if self.step == Step::Resting {
            self.deadline = Some(now.instant + IDLE_WARNING);
        }
    }

    /// The citizen goes, by word, by silence or by starting over.
    pub(super) fn leave(&mut self, now: Moment) {
        self.end_help(AssistanceEnding::ByCitizen, now);
        self.end_check(now);
        if self.step == Step::Failing {
            self.after_failing(now);
        } else if self.step == Step::TellingOutcome {
            self.outcome_read(now);
        } else if let Step::Accepted { .. } | Step::TypingTelephone { .. } = self.step {
            self.leave_queued(now);
        } else if self.step == Step::OfferingReceipt {
            self.close(now);
        } else {
            self.settle(Ending::Left, now);
        }
    }

    /// The request cannot be done; money and paper are put in order first.
    pub(super) fn fail(&mut self, reason: FailureReason, now: Moment) {
        self.person.failure = Some(reason);
        self.settle(Ending::Failed, now);
    }

    /// Closes the request of a served citizen and asks for the card to be taken.
    pub(super) fn close(&mut self, now: Moment) {
        self.settle(Ending::Served, now);
    }

    /// The bad news is read; a sheet that came out all the same is still to be taken.
    pub(super) fn after_failing(&mut self, now: Moment) {
        let open = self.person.request.as_ref();
        if open.is_some_and(|request| request.stage == Stage::Prepared) {
            self.offer_paper(now);
        } else {
            self.let_card_go(now);
        }
    }

    pub(super) fn let_card_go(&mut self, now: Moment) {
        let own_card_in = self.fittings.card_in() && !self.fittings.card_left();
        if own_card_in || self.person.accepting {
            self.order(Command::Card(CardReaderOrder::Release));
        }
        if own_card_in {
            self.enter(Step::TakingCard);
            self.deadline = Some(now.instant + CARD_REMINDER);
        } else {
            self.part(true, now);
        }
    }

    pub(super) fn part(&mut self, card_taken: bool, now: Moment) {
        if !card_taken {
            self.fittings.leave_card();
        }
        let receipt_printed = self.requests().any(|request| request.receipt_printed);
        // Nobody is thanked who only looked around.
        if self.requests().next().is_none() && self.person.card.is_none() {
            self.forget(now);
            return;
        }
        self.end_help(AssistanceEnding::ByCitizen, now);
        self.forget_the_person();
        self.enter(Step::Parting(Farewell {
            receipt_printed,
            card_taken,
        }));
        self.deadline = Some(now.instant + PARTING);
    }

    /// Keeps the language and the display settings until the screen rests again.
    fn forget_the_person(&mut self) {
        self.put_in_order();
        self.person = super::person::Person {
            language: self.person.language,
            accessibility: self.person.accessibility,
            ..Default::default()
        };
    }
}
