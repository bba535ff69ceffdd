//! What was chosen stays it, however often the exchange tells anew what there is.

use request::{JoinGround, OfficeId};

use super::{
    handling::{doing, done, file, office, other},
    *,
};

fn found(sought: &str, codes: &[&str]) -> PetitionsEvent {
    let offices = codes.iter().map(|it| office(it)).collect();
    PetitionsEvent::Found(words(sought), Ok(offices))
}

fn file_named(sha256: &str) -> LaidFile {
    let mut file = file();
    sha256.clone_into(&mut file.enclosure.sha256);
    file
}

impl Pane {
    /// The exchange tells letter `a` anew.
    fn told_anew(&mut self, change: impl FnOnce(&mut Letter)) {
        let request = RequestId::new("a");
        self.petitions.read(request.clone());
        let mut told = letter(petition("a", 14, None));
        change(&mut told);
        self.hears(PetitionsEvent::Opened(request, Ok(told)));
        self.said();
    }
}

#[test]
fn a_late_list_of_offices_does_not_move_the_choice_to_another_office() {
    let mut pane = Pane::handing_over();
    // The same words were asked for twice, and the directory has changed between.
    pane.touch(PetitionsTouch::Seek(words("도로과")));
    pane.touch(PetitionsTouch::Seek(words("도로")));
    pane.hears(found("도로", &["4199010", "4199011"]));
    pane.touch(PetitionsTouch::Pick(1));
    pane.touch(PetitionsTouch::Reason(words("도로과에서 봅니다")));
    pane.said();

    pane.hears(found("도로", &["4199011", "4199010"]));

    assert_eq!(pane.form().unwrap().chosen, Some(0));
    pane.touch(PetitionsTouch::Send);
    let deed = Deed::HandOver {
        office: OfficeId::new("4199011"),
        reason: words("도로과에서 봅니다"),
    };
    assert_eq!(pane.said(), [doing(deed)]);
}

#[test]
fn an_office_that_is_not_offered_any_more_is_not_chosen() {
    let mut pane = Pane::handing_over();
    pane.touch(PetitionsTouch::Pick(1));
    pane.touch(PetitionsTouch::Reason(words("도로과에서 봅니다")));

    pane.hears(found("도로", &["4199010"]));
    pane.touch(PetitionsTouch::Send);

    assert_eq!(pane.form().unwrap().chosen, None);
    assert_eq!(pane.said(), []);
    assert_eq!(pane.notice(), Some(PetitionsNotice::NoOffice));
}

#[test]
fn nothing_is_chosen_of_offices_that_were_found_for_other_words() {
    let mut pane = Pane::handing_over();

    pane.touch(PetitionsTouch::Seek(words("버스")));
    pane.touch(PetitionsTouch::Pick(0));
    pane.touch(PetitionsTouch::Down);

    let form = pane.form().unwrap();
    assert!(form.offices.is_empty() && !form.offices_known);
    assert_eq!(form.chosen, None);
}

#[test]
fn a_letter_that_is_told_anew_does_not_move_the_choice_to_another_petition() {
    let mut pane = Pane::before(|it| it.like = vec![other("b", true), other("c", false)]);
    pane.touch(PetitionsTouch::Pick(2));
    pane.touch(PetitionsTouch::Down);

    pane.told_anew(|it| it.like = vec![other("c", false), other("d", true), other("b", true)]);

    assert_eq!(pane.form().unwrap().chosen, Some(0));
    pane.touch(PetitionsTouch::Next);
    let deed = Deed::Join {
        leading: RequestId::new("c"),
        ground: JoinGround::Mass,
    };
    assert_eq!(pane.said(), [doing(deed)]);
}

#[test]
fn a_petition_that_is_gone_from_the_list_is_not_replaced_by_its_neighbor() {
    let mut pane = Pane::before(|it| it.like = vec![other("b", true), other("c", false)]);
    pane.touch(PetitionsTouch::Pick(2));

    pane.told_anew(|it| it.like = vec![other("c", false)]);
    pane.touch(PetitionsTouch::Next);

    assert_eq!(pane.said(), []);
    assert_eq!(pane.notice(), Some(PetitionsNotice::NothingChosen));
}

#[test]
fn a_letter_that_is_told_anew_does_not_move_the_choice_to_another_file() {
    let mut pane = Pane::before(|it| it.files = vec![file_named("00"), file_named("11")]);
    pane.touch(PetitionsTouch::Pick(4));
    pane.touch(PetitionsTouch::Down);

    pane.told_anew(|it| it.files = vec![file_named("22"), file_named("00"), file_named("11")]);

    assert_eq!(pane.form().unwrap().chosen, Some(2));
    pane.touch(PetitionsTouch::Next);
    let request = RequestId::new("a");
    let enclosure = file_named("11").enclosure;
    assert_eq!(pane.said(), [PetitionsCommand::Save { request, enclosure }]);
}

#[test]
fn each_file_is_fetched_once_and_another_one_meanwhile() {
    let mut pane = Pane::before(|it| it.files = vec![file_named("00"), file_named("11")]);
    pane.touch(PetitionsTouch::Pick(4));
    pane.touch(PetitionsTouch::Next);
    assert_eq!(pane.said().len(), 1);
    pane.touch(PetitionsTouch::Next);
    assert_eq!(pane.said(), []);

    pane.touch(PetitionsTouch::Down);
    pane.touch(PetitionsTouch::Next);
    let request = RequestId::new("a");
    let enclosure = file_named("11").enclosure;
    assert_eq!(pane.said(), [PetitionsCommand::Save { request, enclosure }]);
    let place = words("/run/files/00.png");
    pane.hears(PetitionsEvent::Saved("00".to_owned(), Ok(place)));

    assert!(pane.form().unwrap().doing, "the other one is on its way");
}

#[test]
fn what_the_exchange_is_asked_to_do_is_neither_changed_nor_left_until_it_has_answered() {
    let mut pane = Pane::handing_over();
    pane.touch(PetitionsTouch::Pick(1));
    pane.touch(PetitionsTouch::Reason(words("도로과에서 봅니다")));
    pane.touch(PetitionsTouch::Send);
    pane.said();

    pane.touch(PetitionsTouch::Pick(0));
    pane.touch(PetitionsTouch::Seek(words("버스")));
    pane.touch(PetitionsTouch::Back);

    assert_eq!(pane.said(), []);
    assert_eq!(pane.form().unwrap().chosen, Some(1));
    let away = Err(PetitionsFault::Unreachable);
    pane.hears(done(Act::HandOver, away));
    pane.touch(PetitionsTouch::Back);
    assert_eq!(pane.form(), None);
}

#[test]
fn a_letter_that_is_told_anew_while_it_is_taken_is_not_taken_twice() {
    let mut pane = Pane::before(|_| {});
    pane.touch(PetitionsTouch::Next);
    assert_eq!(pane.said().len(), 1);

    pane.told_anew(|_| {});
    pane.touch(PetitionsTouch::Next);

    assert_eq!(pane.said(), []);
}
