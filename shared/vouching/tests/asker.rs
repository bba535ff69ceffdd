//! The kiosk's end: whatever is lost is asked again, and a citizen who has gone takes
//! the check with them.

#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test that cannot set itself up has failed, and picks what it looks at"
)]

use std::time::{Duration, Instant};

use privacy::Personal;
use request::{CheckId, Consent, RequestId, ResidentNumber, ServiceId};
use vouching::{
    AskedQuestion, Asker, AskerCommand, AskerEvent, AskerReport, Attempt, CheckEnding, CheckFault,
    CheckOpening, CheckRefusal, KioskAnswer, KioskDeed, KioskQuestion, KioskState, KioskView,
    Wording,
};

/// A kiosk's end whose questions are answered by hand.
struct Kiosk {
    asker: Asker,
    now: Instant,
    asked: Vec<(Attempt, KioskQuestion)>,
    told: Vec<AskerReport>,
}

fn opening() -> Box<CheckOpening> {
    Box::new(CheckOpening {
        request: RequestId::new("gaon-1-1"),
        service: ServiceId::new("resident-register-household"),
        language: "ko".to_owned(),
        name: Personal::new("한빛나".to_owned()),
        resident_number: ResidentNumber::parse("9001012990014").unwrap(),
        consent: Consent {
            agency: "행정안전부".to_owned(),
            purpose: "본인 확인".to_owned(),
            fields: Vec::new(),
            language: "ko".to_owned(),
        },
    })
}

fn check() -> CheckId {
    CheckId::new("check-1")
}

fn seen(edition: u64, state: KioskState) -> Result<KioskAnswer, CheckFault> {
    Ok(KioskAnswer::Seen(KioskView { edition, state }))
}

fn asked() -> KioskState {
    KioskState::Asked(AskedQuestion {
        number: 1,
        wording: Wording {
            ko: "어느 길에 사세요?".to_owned(),
            en: "Which street do you live on?".to_owned(),
        },
    })
}

impl Kiosk {
    fn new() -> Self {
        Self {
            asker: Asker::default(),
            now: Instant::now(),
            asked: Vec::new(),
            told: Vec::new(),
        }
    }

    /// With a check that waits.
    fn in_check() -> Self {
        let mut kiosk = Self::new();
        kiosk.does(AskerEvent::Asked(opening()));
        kiosk.answers(Ok(KioskAnswer::Opened(check())));
        kiosk
    }

    fn does(&mut self, event: AskerEvent) {
        self.asker.handle(event, self.now);
        self.take();
    }

    fn take(&mut self) {
        while let Some(command) = self.asker.poll_command() {
            match command {
                AskerCommand::Ask(attempt, question) => self.asked.push((attempt, question)),
                AskerCommand::Report(report) => self.told.push(report),
            }
        }
    }

    /// Answers the oldest question.
    fn answers(&mut self, answer: Result<KioskAnswer, CheckFault>) -> KioskQuestion {
        let (attempt, question) = self.asked.remove(0);
        self.does(AskerEvent::Answered(attempt, answer));
        question
    }

    fn passes(&mut self, time: Duration) {
        let until = self.now + time;
        while let Some(due) = self.asker.poll_timeout().filter(|it| *it <= until) {
            self.now = self.now.max(due);
            self.asker.handle_timeout(self.now);
            self.take();
        }
        self.now = until;
    }
}

fn deed(question: &KioskQuestion) -> KioskDeed {
    match question {
        KioskQuestion::Do { deed, .. } => deed.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_seen_is_told_once() {
    let mut kiosk = Kiosk::in_check();

    kiosk.answers(seen(1, KioskState::Waiting { ahead: 0 }));
    kiosk.passes(Duration::from_secs(1));
    kiosk.answers(seen(1, KioskState::Waiting { ahead: 0 }));
    kiosk.passes(Duration::from_secs(1));
    kiosk.answers(seen(2, asked()));

    let told = [
        AskerReport::Saw(KioskState::Waiting { ahead: 0 }),
        AskerReport::Saw(asked()),
    ];
    assert_eq!(kiosk.told, told);
}

#[test]
fn a_late_answer_does_not_turn_the_clock_back() {
    let mut kiosk = Kiosk::in_check();
    kiosk.answers(seen(3, asked()));
    let text = Personal::new("다온로".to_owned());
    kiosk.does(AskerEvent::Said { question: 1, text });
    let (saying, _) = kiosk.asked.pop().unwrap();

    let old = seen(2, KioskState::Waiting { ahead: 0 });
    kiosk.does(AskerEvent::Answered(saying, old));

    assert_eq!(kiosk.told, [AskerReport::Saw(asked())]);
}

#[test]
fn what_the_citizen_types_is_said_again_until_it_is_taken_or_comes_too_late() {
    let mut kiosk = Kiosk::in_check();
    let said = || AskerEvent::Said {
        question: 1,
        text: Personal::new("다온로".to_owned()),
    };
    kiosk.does(said());
    let saying = |kiosk: &mut Kiosk| {
        let says = |it: &(Attempt, KioskQuestion)| matches!(deed(&it.1), KioskDeed::Say { .. });
        let at = kiosk.asked.iter().position(says);
        at.map(|at| kiosk.asked.remove(at).0)
    };

    let first = saying(&mut kiosk).unwrap();
    kiosk.does(AskerEvent::Answered(first, Err(CheckFault::Unanswered)));
    assert_eq!(saying(&mut kiosk), None);
    kiosk.passes(Duration::from_secs(2));
    let second = saying(&mut kiosk).unwrap();
    let late = CheckFault::Refused(CheckRefusal::NotNow);
    kiosk.does(AskerEvent::Answered(second, Err(late)));
    kiosk.passes(Duration::from_secs(10));

    assert_eq!(saying(&mut kiosk), None);
    assert_eq!(kiosk.told, []);
}

#[test]
fn a_lost_opening_is_said_again_and_a_refused_one_is_told() {
    let mut kiosk = Kiosk::new();
    kiosk.does(AskerEvent::Asked(opening()));
    kiosk.answers(Err(CheckFault::Unanswered));
    assert_eq!(kiosk.asked, []);
    kiosk.passes(Duration::from_secs(2));
    assert!(matches!(kiosk.asked[0].1, KioskQuestion::Open(_)));

    kiosk.answers(Err(CheckFault::Refused(CheckRefusal::TooManyTries)));

    let told = [AskerReport::NotOpened(CheckRefusal::TooManyTries)];
    assert_eq!(kiosk.told, told);
    assert!(kiosk.asker.is_resting());
}

#[test]
fn an_exchange_that_never_answers_is_a_lost_line() {
    let mut kiosk = Kiosk::new();
    kiosk.does(AskerEvent::Asked(opening()));

    kiosk.passes(Duration::from_secs(60));

    assert_eq!(kiosk.told, [AskerReport::LineLost]);
    assert_eq!(kiosk.asker.poll_timeout(), None);
}

#[test]
fn an_exchange_that_goes_silent_in_the_middle_is_a_lost_line_and_is_told_we_have_left() {
    let mut kiosk = Kiosk::in_check();
    kiosk.answers(seen(1, asked()));

    kiosk.passes(Duration::from_secs(60));

    assert_eq!(kiosk.told.last(), Some(&AskerReport::LineLost));
    let (_, last) = kiosk.asked.last().unwrap();
    assert_eq!(deed(last), KioskDeed::Leave);
}

#[test]
fn a_check_the_exchange_knows_nothing_of_any_more_is_a_lost_line() {
    let mut kiosk = Kiosk::in_check();

    kiosk.answers(Err(CheckFault::Refused(CheckRefusal::Gone)));

    assert_eq!(kiosk.told, [AskerReport::LineLost]);
    assert!(kiosk.asker.is_resting());
}

#[test]
fn who_leaves_before_the_check_is_open_ends_it_when_it_opens() {
    let mut kiosk = Kiosk::new();
    kiosk.does(AskerEvent::Asked(opening()));
    kiosk.does(AskerEvent::Left);
    assert_eq!(kiosk.asked.len(), 1);

    kiosk.answers(Ok(KioskAnswer::Opened(check())));

    assert_eq!(deed(&kiosk.asked[0].1), KioskDeed::Leave);
    assert_eq!(kiosk.told, []);
}

#[test]
fn after_the_end_nothing_is_asked_and_a_new_check_may_begin() {
    let mut kiosk = Kiosk::in_check();
    let ended = KioskState::Ended(CheckEnding::WrongAnswers);
    kiosk.answers(seen(9, ended.clone()));
    assert_eq!(kiosk.told, [AskerReport::Saw(ended)]);
    assert_eq!((kiosk.asked.len(), kiosk.asker.poll_timeout()), (0, None));

    kiosk.does(AskerEvent::Asked(opening()));

    assert!(matches!(kiosk.asked[0].1, KioskQuestion::Open(_)));
}

#[test]
fn nothing_that_is_kept_says_who_it_is() {
    let kiosk = Kiosk::in_check();

    let written = format!("{:?} {:?} {:?}", kiosk.asker, kiosk.asked, opening());

    assert!(!written.contains("한빛나") && !written.contains("9001012990014"));
}
