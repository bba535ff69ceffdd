//! The desk's end of a check, against an exchange whose answers may be lost.

use std::time::{Duration, Instant};

use privacy::Personal;
use request::{AgentId, CheckId, StationId};
use vouching::{
    Attempt, CheckEnding, CheckFact, CheckFault, CheckOutcome, CheckRefusal, DeskDeed,
    DeskQuestion, DeskSheet, Doubt, Examiner, ExaminerCommand, ExaminerEvent, ExaminerReport,
    Ground, KioskDeed, Role, SILENCE_MAX, Seat, Speaker,
};

use crate::office::{JANG, KIM, Office, PARK, Who, believe};

/// A desk beside the office's exchange.
struct Desk {
    office: Office,
    who: Who,
    examiner: Examiner,
    now: Instant,
    asked: Vec<(Attempt, DeskQuestion)>,
    reports: Vec<ExaminerReport>,
}

impl Desk {
    fn of(office: Office, who: Who) -> Self {
        let mut desk = Self {
            office,
            who,
            examiner: Examiner::default(),
            now: Instant::now(),
            asked: Vec::new(),
            reports: Vec::new(),
        };
        desk.does(ExaminerEvent::Works(Speaker {
            agent: AgentId::new(who.1),
            role: who.2,
        }));
        desk
    }

    /// That has taken the check.
    fn in_check(office: Office, who: Who) -> Self {
        let mut desk = Self::of(office, who);
        desk.takes();
        desk.reports.clear();
        desk
    }

    fn takes(&mut self) {
        self.does(ExaminerEvent::Take(CheckId::new("check-1")));
        self.is_answered();
    }

    fn does(&mut self, event: ExaminerEvent) {
        self.examiner.handle(event, self.now);
        self.listens();
    }

    fn listens(&mut self) {
        while let Some(command) = self.examiner.poll_command() {
            match command {
                ExaminerCommand::Ask(attempt, question) => self.asked.push((attempt, question)),
                ExaminerCommand::Report(report) => self.reports.push(report),
            }
        }
    }

    /// The exchange hears what was asked; its answers come, or are lost.
    fn is_heard(&mut self, comes: bool) {
        for (attempt, question) in std::mem::take(&mut self.asked) {
            let answer = self.office.answers_desk(self.who, &question);
            let answer = if comes {
                answer
            } else {
                Err(CheckFault::Unanswered)
            };
            self.does(ExaminerEvent::Answered(attempt, answer));
        }
    }

    fn is_answered(&mut self) {
        self.is_heard(true);
    }

    /// The exchange hears nothing of what was asked.
    fn is_cut_off(&mut self) {
        for (attempt, _) in std::mem::take(&mut self.asked) {
            self.does(ExaminerEvent::Answered(
                attempt,
                Err(CheckFault::Unanswered),
            ));
        }
    }

    fn passes(&mut self, time: Duration) {
        self.now += time;
        self.examiner.handle_timeout(self.now);
        self.listens();
    }

    fn answers(&mut self, right: bool) {
        let (question, text) = self.office.open_answer(self.who, right);
        let text = Personal::new(text);
        self.does(ExaminerEvent::Answer { question, text });
    }

    fn sheet(&self) -> &DeskSheet {
        let mut sheets = self.reports.iter().filter_map(|it| match it {
            ExaminerReport::Saw(sheet) => Some(sheet),
            ExaminerReport::Waiting(_)
            | ExaminerReport::Away(_)
            | ExaminerReport::NotTaken(_)
            | ExaminerReport::NotDone(_)
            | ExaminerReport::Unheard(_)
            | ExaminerReport::Lost(_) => None,
        });
        sheets.next_back().unwrap()
    }

    fn was_told(&self, report: &ExaminerReport) -> bool {
        self.reports.contains(report)
    }

    fn answered_facts(&self) -> usize {
        let answered = |it: &&CheckFact| matches!(it, CheckFact::Answered { .. });
        self.office.facts.iter().filter(answered).count()
    }
}

#[test]
fn a_desk_hears_which_checks_wait_and_again_only_when_that_differs() {
    let mut desk = Desk::of(Office::open(), KIM);

    for _ in 0..3 {
        desk.is_answered();
        desk.passes(Duration::from_secs(1));
    }

    assert_eq!(desk.reports.len(), 1);
    assert!(matches!(&desk.reports[0], ExaminerReport::Waiting(it) if it.len() == 1));
    desk.office.does(JANG, DeskDeed::Take).unwrap();
    desk.is_answered();
    assert!(desk.was_told(&ExaminerReport::Waiting(Vec::new())));
}

#[test]
fn an_answer_whose_reply_was_lost_is_told_again_and_counts_once() {
    let mut desk = Desk::in_check(Office::open(), KIM);
    desk.answers(false);

    desk.is_heard(false);
    assert!(desk.was_told(&ExaminerReport::Unheard(CheckFault::Unanswered)));
    assert!(desk.examiner.is_doing());
    desk.passes(Duration::from_secs(2));
    desk.is_answered();

    assert_eq!(desk.answered_facts(), 1);
    assert_eq!(desk.sheet().question.as_ref().unwrap().number, 2);
    assert!(!desk.examiner.is_doing());
}

#[test]
fn an_answer_that_never_left_goes_when_the_exchange_is_back() {
    let mut desk = Desk::in_check(Office::open(), KIM);
    desk.answers(true);

    for _ in 0..5 {
        desk.is_cut_off();
        desk.passes(Duration::from_secs(2));
    }
    desk.is_answered();

    assert_eq!(desk.answered_facts(), 1);
    let unheard = ExaminerReport::Unheard(CheckFault::Unanswered);
    let told = desk.reports.iter().filter(|it| **it == unheard).count();
    assert_eq!(told, 1, "it is said once, not with every attempt");
}

#[test]
fn one_deed_is_told_at_a_time() {
    let mut desk = Desk::in_check(Office::open(), KIM);
    desk.answers(true);

    desk.does(ExaminerEvent::Refuse(Doubt::Prompted));
    desk.is_answered();

    assert_eq!(desk.sheet().over, None);
    assert_eq!(desk.answered_facts(), 1);
}

#[test]
fn a_check_that_another_took_is_not_to_be_had() {
    let mut office = Office::open();
    office.does(JANG, DeskDeed::Take).unwrap();
    let mut desk = Desk::of(office, KIM);

    desk.takes();

    assert!(desk.was_told(&ExaminerReport::NotTaken(CheckFault::Refused(
        CheckRefusal::Taken
    ))));
    assert!(!desk.examiner.is_in_check());
}

#[test]
fn whoever_may_not_be_the_second_person_is_told_why() {
    let same_desk: Who = (KIM.0, "jang.4", Role::Supervisor);
    let same_agent: Who = ("desk-3", KIM.1, Role::Supervisor);
    let no_supervisor: Who = ("desk-3", "lee.5", Role::Agent);
    for (who, why) in [
        (same_desk, CheckRefusal::SameDesk),
        (same_agent, CheckRefusal::SameAgent),
        (no_supervisor, CheckRefusal::NotASupervisor),
    ] {
        let office = Office::open().believed_by(KIM);
        let mut desk = Desk::of(office, who);

        desk.takes();

        let told = ExaminerReport::NotTaken(CheckFault::Refused(why));
        assert!(desk.was_told(&told), "{why}");
    }
}

#[test]
fn a_desk_that_was_silent_loses_the_check_and_finds_it_again_with_its_log() {
    let mut desk = Desk::in_check(Office::open(), KIM);
    desk.answers(true);
    desk.is_answered();

    desk.office.passes(SILENCE_MAX + Duration::from_secs(1));
    desk.passes(Duration::from_secs(2));
    desk.is_answered();
    assert!(desk.was_told(&ExaminerReport::Lost(CheckRefusal::NotYours)));
    desk.takes();

    assert_eq!(desk.sheet().log.len(), 1);
    assert_eq!(desk.sheet().question.as_ref().unwrap().number, 2);
}

#[test]
fn a_check_that_an_absent_exchange_does_not_give_is_not_taken_later() {
    let mut desk = Desk::of(Office::open(), KIM);
    desk.is_answered();
    desk.does(ExaminerEvent::Take(CheckId::new("check-1")));
    desk.is_heard(false);

    for _ in 0..11 {
        desk.passes(Duration::from_secs(2));
        desk.is_cut_off();
    }
    assert!(desk.was_told(&ExaminerReport::NotTaken(CheckFault::Unanswered)));
    assert!(!desk.examiner.is_in_check());
    desk.office.passes(SILENCE_MAX + Duration::from_secs(1));

    assert_eq!(desk.office.waiting().len(), 1);
}

#[test]
fn a_check_left_before_the_exchange_had_answered_waits_for_another() {
    let mut desk = Desk::of(Office::open(), KIM);
    desk.is_answered();
    desk.does(ExaminerEvent::Take(CheckId::new("check-1")));
    desk.does(ExaminerEvent::Leave);
    // What was sent last overtakes what was sent before.
    desk.asked.reverse();

    desk.is_answered();
    assert!(desk.office.waiting().is_empty());
    desk.is_answered();

    assert_eq!(desk.office.waiting().len(), 1);
    assert!(!desk.examiner.is_in_check());
}

#[test]
fn the_end_of_a_check_is_told_once_and_nothing_is_asked_about_it_any_more() {
    let mut desk = Desk::in_check(Office::open(), KIM);

    desk.office.kiosk_does("gaon-1", KioskDeed::Leave).unwrap();
    desk.is_answered();
    let over = desk.sheet().over;
    desk.passes(Duration::from_secs(10));

    assert_eq!(over, Some(CheckOutcome::Ended(CheckEnding::Left)));
    assert!(!desk.examiner.is_in_check());
    let about = |(_, it): &(Attempt, DeskQuestion)| matches!(it, DeskQuestion::Do { .. });
    assert!(!desk.asked.iter().any(about));
}

#[test]
fn the_second_person_agrees_and_the_first_hears_of_it() {
    let mut first = Desk::in_check(Office::open(), KIM);
    for _ in 0..3 {
        first.answers(true);
        first.is_answered();
    }
    first.does(ExaminerEvent::Believe(Ground::Seen));
    first.is_answered();
    let park = Seat {
        desk: StationId::new(PARK.0),
        agent: AgentId::new(PARK.1),
    };
    assert_ne!(first.sheet().first.as_ref().unwrap().seat, park);

    first.office.does(PARK, DeskDeed::Take).unwrap();
    first.office.does(PARK, believe()).unwrap();
    first.passes(Duration::from_secs(1));
    first.is_answered();

    assert_eq!(first.sheet().over, Some(CheckOutcome::Passed));
}

#[test]
fn a_refusal_said_twice_ends_the_check_once() {
    let mut desk = Desk::in_check(Office::open(), KIM);
    desk.does(ExaminerEvent::Refuse(Doubt::NotThePerson));

    desk.is_heard(false);
    desk.passes(Duration::from_secs(2));
    desk.is_answered();

    let ended = |it: &&CheckFact| matches!(it, CheckFact::Ended { .. });
    assert_eq!(desk.office.facts.iter().filter(ended).count(), 1);
    let over = CheckOutcome::Ended(CheckEnding::Refused(Doubt::NotThePerson));
    assert_eq!(desk.sheet().over, Some(over));
}

#[test]
fn nobody_who_has_stopped_working_is_told_anything() {
    let mut desk = Desk::in_check(Office::open(), KIM);

    desk.does(ExaminerEvent::Stopped);
    desk.is_answered();

    assert_eq!(desk.reports, []);
    assert_eq!(desk.office.waiting().len(), 1);
    assert_eq!(desk.examiner.poll_timeout(), None);
}
