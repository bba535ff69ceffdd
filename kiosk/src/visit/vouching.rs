//! Two agents instead of a card: agreed to, name and number typed here, questions
//! answered, and the request goes on as if a card had been read.

mod present;

use privacy::Personal;
use request::{Action, Applicant, Consent, Identification, ResidentNumber, Stage, Vouching};
use vouching::{
    ANSWER_MAX, AskerCommand, AskerEvent, AskerReport, CheckEnding, CheckFault, CheckOpening,
    CheckRefusal, KioskAnswer, KioskState,
};

use super::{
    Command, Moment, Touch, Visit,
    entry::Entry,
    step::Step,
    view::{
        AnswerRefusal, CardRefusal, CheckEnd, FailureReason, InsertCard, KeyboardLayout,
        NumberRefusal,
    },
};
use devices::card_reader::CardReaderOrder;

/// Characters of a name; the register's longest has sixty.
const NAME_MAX: u32 = 60;

/// How far a check has come at this kiosk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Check {
    /// The citizen is asked whether two agents may ask.
    Agreeing,
    TypingName,
    TypingNumber,
    /// At the exchange.
    UnderWay,
    Ended(CheckEnd),
}

/// Everything about a check that belongs to whoever stands here.
#[derive(Debug, Default)]
pub(super) struct Checked {
    /// The card was no help because its number was not known.
    number_failed: bool,
    name: Personal<String>,
    /// The name or the answer being typed.
    entry: Entry,
    refusal: Option<AnswerRefusal>,
    /// Who the citizen says to be.
    claimed: Option<Applicant>,
    state: Option<KioskState>,
    /// The number of the question that was answered by typing.
    said: Option<u32>,
    /// Two agents believe it.
    pub(super) vouching: Option<Vouching>,
}

impl Visit {
    /// Whether a check can be offered to somebody whose card is of no use.
    fn may_be_vouched_for(&self) -> bool {
        let request = self.person.request.as_ref();
        let draft = request.filter(|it| it.stage == Stage::Draft);
        let service = draft.and_then(|it| self.catalog.service(&it.service));
        let allowed = service.is_some_and(|it| it.two_persons);
        self.site.two_person_check
            && allowed
            && self.catalog.two_persons().is_some()
            && self.fittings.exchange_trouble().is_none()
    }

    pub(super) fn check_offered(&self) -> bool {
        let refused = match self.step {
            Step::InsertingCard(InsertCard::Refused(why)) => why != CardRefusal::PulledTooSoon,
            _ => false,
        };
        refused && self.may_be_vouched_for()
    }

    pub(super) fn begin_check(&mut self) {
        if self.check_offered() {
            self.offer_check(false);
        }
    }

    /// The number of the card was wrong too often: there is another way, or none.
    pub(super) fn number_failed(&mut self, now: Moment) {
        if self.may_be_vouched_for() {
            self.offer_check(true);
        } else {
            self.fail(FailureReason::TooManyTries, now);
        }
    }

    fn offer_check(&mut self, number_failed: bool) {
        // No card has a part in what follows.
        if self.fittings.card_in() || self.person.accepting {
            self.order(Command::Card(CardReaderOrder::Release));
        }
        self.person.accepting = false;
        self.person.card = None;
        self.person.digits = Personal::default();
        self.person.number_refusal = None;
        self.person.checked = Checked {
            number_failed,
            ..Checked::default()
        };
        self.enter(Step::Checking(Check::Agreeing));
    }

    pub(super) fn checking(&mut self, check: Check, touch: Touch, now: Moment) {
        match (check, touch) {
            (Check::Agreeing, Touch::Agree) => self.agree_to_check(),
            (Check::Agreeing, Touch::Disagree | Touch::Back) => {
                if self.person.checked.number_failed {
                    self.fail(FailureReason::TooManyTries, now);
                } else {
                    self.ask_for_card();
                }
            }
            (Check::TypingName, touch) => self.typing_name(&touch, now),
            (Check::TypingNumber, touch) => self.typing_own_number(&touch, now),
            (Check::UnderWay, Touch::Key(key)) => {
                self.person.checked.refusal = self.person.checked.entry.press(key).err();
            }
            (Check::UnderWay, Touch::Next) => self.say_answer(now),
            (Check::Ended(end), Touch::Next) if end.may_retry() => self.type_name(),
            (Check::Ended(_), Touch::Next | Touch::Back) | (Check::UnderWay, Touch::Back) => {
                self.leave(now);
            }
            _ => {}
        }
    }

    fn agree_to_check(&mut self) {
        let Some(consent) = self.check_consent() else {
            return;
        };
        // Nothing is asked of the register that is not agreed to in writing.
        if self.act(Action::AskVouching(consent)) {
            self.type_name();
        }
    }

    /// What is agreed to, in the words on the screen.
    fn check_consent(&self) -> Option<Consent> {
        let shown = self.check_consent_shown()?;
        Some(Consent {
            agency: shown.agency,
            purpose: shown.purpose,
            fields: shown.fields,
            language: self.language().to_owned(),
        })
    }

    fn type_name(&mut self) {
        let checked = &mut self.person.checked;
        // The register is asked by the name it has, which is Korean for nearly all.
        checked.entry = Entry::new(KeyboardLayout::Hangul, NAME_MAX);
        checked.refusal = None;
        checked.state = None;
        checked.said = None;
        self.person.digits = Personal::default();
        self.enter(Step::Checking(Check::TypingName));
    }

    fn typing_name(&mut self, touch: &Touch, now: Moment) {
        let checked = &mut self.person.checked;
        match touch {
            Touch::Key(key) => checked.refusal = checked.entry.press(*key).err(),
            Touch::Next => {
                let name = Personal::new(checked.entry.text());
                if name.is_blank() {
                    checked.refusal = Some(AnswerRefusal::Missing);
                } else {
                    checked.name = name;
                    checked.entry = Entry::default();
                    self.enter(Step::Checking(Check::TypingNumber));
                }
            }
            Touch::Back => self.leave(now),
            _ => {}
        }
    }

    fn typing_own_number(&mut self, touch: &Touch, now: Moment) {
        match touch {
            Touch::Back => self.type_name(),
            Touch::Next => match ResidentNumber::parse(self.person.digits.reveal()) {
                Ok(number) => self.open_check(number, now),
                Err(_) => self.person.number_refusal = Some(NumberRefusal::NotANumber),
            },
            touch => self.type_digit(touch),
        }
    }

    /// The exchange alone is told who it is said to be.
    fn open_check(&mut self, number: ResidentNumber, now: Moment) {
        let consent = self.check_consent();
        let (Some(request), Some(consent)) = (&self.person.request, consent) else {
            return;
        };
        let claimed = Applicant {
            name: self.person.checked.name.clone(),
            resident_number: number,
        };
        let opening = CheckOpening {
            request: request.id.clone(),
            service: request.service.clone(),
            language: request.language.clone(),
            name: claimed.name.clone(),
            resident_number: claimed.resident_number.clone(),
            consent,
        };
        self.person.digits = Personal::default();
        self.person.checked.claimed = Some(claimed);
        self.person.checked.state = None;
        self.enter(Step::Checking(Check::UnderWay));
        let asked = AskerEvent::Asked(Box::new(opening));
        self.asker.handle(asked, now.instant);
    }

    fn say_answer(&mut self, now: Moment) {
        let checked = &mut self.person.checked;
        let Some(KioskState::Asked(asked)) = &checked.state else {
            return;
        };
        let text = Personal::new(checked.entry.text());
        if text.is_blank() {
            checked.refusal = Some(AnswerRefusal::Missing);
            return;
        }
        let question = asked.number;
        checked.said = Some(question);
        checked.entry = Entry::default();
        let said = AskerEvent::Said { question, text };
        self.asker.handle(said, now.instant);
    }

    /// The citizen or the visit ends the check.
    pub(super) fn end_check(&mut self, now: Moment) {
        self.asker.handle(AskerEvent::Left, now.instant);
    }

    pub(super) fn check_answered(
        &mut self,
        attempt: vouching::Attempt,
        answer: Result<KioskAnswer, CheckFault>,
        now: Moment,
    ) {
        let answered = AskerEvent::Answered(attempt, answer);
        self.asker.handle(answered, now.instant);
    }

    /// Does what the kiosk's end of the check wants done.
    pub(super) fn tend_check(&mut self, now: Moment) {
        while let Some(command) = self.asker.poll_command() {
            match command {
                AskerCommand::Ask(attempt, question) => {
                    self.order(Command::AskCheck(attempt, question));
                }
                AskerCommand::Report(report) => self.check_reported(report, now),
            }
        }
    }

    fn check_reported(&mut self, report: AskerReport, now: Moment) {
        if self.step != Step::Checking(Check::UnderWay) {
            return;
        }
        match report {
            AskerReport::Saw(KioskState::Passed(vouching)) => self.passed(vouching, now),
            AskerReport::Saw(KioskState::Ended(by)) => self.end_with(ended(by)),
            AskerReport::Saw(state) => self.check_saw(state),
            AskerReport::NotOpened(refusal) => self.end_with(not_opened(refusal)),
            AskerReport::LineLost => self.end_with(CheckEnd::LineLost),
        }
    }

    fn check_saw(&mut self, state: KioskState) {
        let number = |state: &KioskState| match state {
            KioskState::Asked(asked) => Some(asked.number),
            _ => None,
        };
        let checked = &mut self.person.checked;
        let before = checked.state.as_ref().and_then(number);
        if number(&state).is_some_and(|it| Some(it) != before) {
            let layout = self.person.language.letters();
            let limit = u32::try_from(ANSWER_MAX).unwrap_or(u32::MAX);
            checked.entry = Entry::new(layout, limit);
            checked.refusal = None;
            checked.said = None;
        }
        checked.state = Some(state);
    }

    /// Two agents believe it: the request goes on, and no card lies in the reader.
    fn passed(&mut self, vouching: Vouching, now: Moment) {
        let Some(applicant) = self.person.checked.claimed.take() else {
            return;
        };
        if !self.act(Action::Vouch(vouching.clone())) {
            self.end_with(CheckEnd::Unavailable);
            return;
        }
        self.person.checked = Checked {
            vouching: Some(vouching),
            ..Checked::default()
        };
        self.identified(applicant, Identification::TwoPersons, now);
    }

    /// Who was identified for an earlier request: a card still lies here, or two agents
    /// believed it for the very request that came to nothing. Whether their word holds
    /// for the one in its place the exchange sees for itself.
    pub(super) fn identified_before(&mut self, applicant: Applicant, now: Moment) {
        let Some(vouching) = self.person.checked.vouching.clone() else {
            return self.identified(applicant, Identification::CardAndNumber, now);
        };
        let consent = self.check_consent().filter(|_| self.person.retrying);
        let asked = consent.is_some_and(|it| self.act(Action::AskVouching(it)));
        if asked && self.act(Action::Vouch(vouching)) {
            self.identified(applicant, Identification::TwoPersons, now);
        } else {
            self.person.checked = Checked::default();
            self.person.applicant = None;
            self.ask_for_card();
        }
    }

    fn end_with(&mut self, end: CheckEnd) {
        self.person.checked.claimed = None;
        self.person.checked.entry = Entry::default();
        self.person.checked.state = None;
        self.enter(Step::Checking(Check::Ended(end)));
    }
}

fn ended(by: CheckEnding) -> CheckEnd {
    match by {
        CheckEnding::WrongAnswers | CheckEnding::Refused(_) | CheckEnding::Overruled(_) => {
            CheckEnd::NotBelieved
        }
        CheckEnding::TimeUp => CheckEnd::NobodyCame,
        CheckEnding::NoSuchPerson => CheckEnd::NoSuchPerson,
        CheckEnding::TooFewQuestions => CheckEnd::TooFewQuestions,
        CheckEnding::NetworkAway => CheckEnd::RegisterAway,
        CheckEnding::Left | CheckEnding::KioskSilent | CheckEnding::Interrupted => {
            CheckEnd::LineLost
        }
    }
}

fn not_opened(refusal: CheckRefusal) -> CheckEnd {
    match refusal {
        CheckRefusal::TooManyTries | CheckRefusal::KioskTries => CheckEnd::TooManyTries,
        CheckRefusal::NoSuchPerson => CheckEnd::NoSuchPerson,
        CheckRefusal::TooFewQuestions => CheckEnd::TooFewQuestions,
        CheckRefusal::NetworkAway => CheckEnd::RegisterAway,
        CheckRefusal::Full => CheckEnd::NobodyCame,
        CheckRefusal::Gone => CheckEnd::LineLost,
        CheckRefusal::Taken
        | CheckRefusal::NotForYou
        | CheckRefusal::NotYours
        | CheckRefusal::SameDesk
        | CheckRefusal::SameAgent
        | CheckRefusal::NotASupervisor
        | CheckRefusal::Unproven
        | CheckRefusal::NotNow
        | CheckRefusal::NoSuchQuestion
        | CheckRefusal::Empty
        | CheckRefusal::TooLong
        | CheckRefusal::NotOffered => CheckEnd::Unavailable,
    }
}
