//! Pages of the list, and what is done with a petition besides answering it.

use request::{Enclosure, JoinGround, OfficeId};

use super::*;

pub(super) fn office(code: &str) -> OfficeFound {
    OfficeFound {
        code: OfficeId::new(code),
        name: catalog::Bilingual {
            ko: format!("{code}과"),
            en: code.to_owned(),
        },
        telephone: "02-0000-1000".to_owned(),
        duties: Vec::new(),
    }
}

pub(super) fn other(request: &str, same_person: bool) -> Other {
    Other {
        request: RequestId::new(request),
        receipt: Some("5104691493918490".to_owned()),
        subject: Some(words("가로등")),
        percent: 88,
        same_person,
    }
}

pub(super) fn file() -> LaidFile {
    LaidFile {
        enclosure: Enclosure {
            name: words("사진.png"),
            media_type: "image/png".to_owned(),
            bytes: 12_345,
            sha256: "00".to_owned(),
        },
        with_answer: false,
    }
}

pub(super) fn done(act: Act, done: Result<(), PetitionsFault>) -> PetitionsEvent {
    PetitionsEvent::Done(RequestId::new("a"), act, done)
}

pub(super) fn doing(deed: Deed) -> PetitionsCommand {
    let request = RequestId::new("a");
    PetitionsCommand::Do { request, deed }
}

impl Pane {
    /// Before letter `a` as it is made here.
    pub(super) fn before(change: impl FnOnce(&mut Letter)) -> Self {
        let mut pane = Self::reading(&petition("a", 14, None));
        let mut told = letter(petition("a", 14, None));
        change(&mut told);
        pane.petitions.read(RequestId::new("a"));
        pane.hears(PetitionsEvent::Opened(RequestId::new("a"), Ok(told)));
        pane.said();
        pane
    }

    /// Whose agent has found two offices to hand letter `a` over to.
    pub(super) fn handing_over() -> Self {
        let mut pane = Self::before(|_| {});
        pane.touch(PetitionsTouch::Pick(0));
        pane.touch(PetitionsTouch::Seek(words("도로")));
        let offices = vec![office("4199010"), office("4199011")];
        pane.hears(PetitionsEvent::Found(words("도로"), Ok(offices)));
        pane.said();
        pane
    }

    pub(super) fn form(&self) -> Option<FormView> {
        self.view().letter.unwrap().form
    }

    pub(super) fn notice(&self) -> Option<PetitionsNotice> {
        self.view().notice
    }
}

#[test]
fn pages_are_turned_and_a_late_answer_about_another_page_changes_nothing() {
    let mut pane = Pane::open();
    let first = Page {
        petitions: vec![petition("a", 1, None)],
        total: 51,
        next: Some("0.1.1.a".to_owned()),
    };
    pane.hears(PetitionsEvent::Told(None, Ok(first.clone())));

    pane.touch(PetitionsTouch::NextPage);

    let begin = Some("0.1.1.a".to_owned());
    assert_eq!(pane.said(), [PetitionsCommand::Ask(begin.clone())]);
    // Until it comes, the first one is shown and said to be it.
    assert_eq!(pane.view().page.first, 1);
    pane.touch(PetitionsTouch::NextPage);
    assert_eq!(pane.said(), []);
    pane.hears(PetitionsEvent::Told(None, Ok(first)));
    let second = Page {
        petitions: vec![petition("b", 9, None)],
        total: 51,
        next: None,
    };
    pane.hears(PetitionsEvent::Told(begin, Ok(second)));
    let view = pane.view();
    let page = PageView {
        first: 51,
        last: 51,
        total: 51,
        goes_on: false,
    };
    assert_eq!((view.page, view.rows[0].left), (page, TimeLeft::Days(9)));
    // There is nothing after it.
    pane.touch(PetitionsTouch::NextPage);
    assert_eq!(pane.said(), []);
    pane.touch(PetitionsTouch::PreviousPage);
    assert_eq!(pane.said(), [PetitionsCommand::Ask(None)]);
}

#[test]
fn a_page_whose_last_petition_was_answered_gives_way_to_the_one_before() {
    let mut pane = Pane::open();
    let first = Page {
        petitions: vec![petition("a", 1, None)],
        total: 2,
        next: Some("x".to_owned()),
    };
    pane.hears(PetitionsEvent::Told(None, Ok(first)));
    pane.touch(PetitionsTouch::NextPage);
    pane.said();

    let empty = Page {
        petitions: Vec::new(),
        total: 1,
        next: None,
    };
    pane.hears(PetitionsEvent::Told(Some("x".to_owned()), Ok(empty)));

    assert_eq!(pane.said(), [PetitionsCommand::Ask(None)]);
}

#[test]
fn a_petition_is_handed_over_to_an_office_that_was_chosen_with_a_reason() {
    let mut pane = Pane::handing_over();

    pane.touch(PetitionsTouch::Send);
    assert_eq!(pane.notice(), Some(PetitionsNotice::NoOffice));
    pane.touch(PetitionsTouch::Pick(1));
    pane.touch(PetitionsTouch::Send);
    assert_eq!(pane.notice(), Some(PetitionsNotice::NoReason));
    pane.touch(PetitionsTouch::Reason(words("도로과에서 봅니다")));
    pane.touch(PetitionsTouch::Send);

    let deed = Deed::HandOver {
        office: OfficeId::new("4199011"),
        reason: words("도로과에서 봅니다"),
    };
    assert_eq!(pane.said(), [doing(deed)]);
    // It is done once, however often the key is pressed.
    pane.touch(PetitionsTouch::Send);
    assert_eq!(pane.said(), []);
    pane.hears(done(Act::HandOver, Ok(())));
    assert_eq!(pane.form(), None);
    assert_eq!(pane.notice(), Some(PetitionsNotice::Done(Act::HandOver)));
    let read = PetitionsCommand::Open(RequestId::new("a"));
    assert_eq!(pane.said(), [read, PetitionsCommand::Ask(None)]);
}

#[test]
fn what_is_typed_outlives_a_refusal_and_an_exchange_that_is_away() {
    let mut pane = Pane::handing_over();
    pane.touch(PetitionsTouch::Pick(0));
    pane.touch(PetitionsTouch::Reason(words("도로과에서 봅니다")));
    for fault in [PetitionsFault::SameOffice, PetitionsFault::Unreachable] {
        pane.touch(PetitionsTouch::Send);
        pane.said();
        pane.hears(done(Act::HandOver, Err(fault)));
        assert_eq!(pane.notice(), Some(PetitionsNotice::Fault(fault)));
        let away = Err(PetitionsFault::Unreachable);
        pane.hears(PetitionsEvent::Opened(RequestId::new("a"), away));

        let form = pane.form().unwrap();
        assert_eq!((form.chosen, form.doing), (Some(0), false));
        assert_eq!(form.reason, words("도로과에서 봅니다"));
    }

    // Also what it was gone back from.
    pane.touch(PetitionsTouch::Back);
    pane.touch(PetitionsTouch::Pick(0));

    assert_eq!(pane.form().unwrap().reason, words("도로과에서 봅니다"));
}

#[test]
fn offices_that_were_found_for_other_words_are_not_offered() {
    let mut pane = Pane::handing_over();

    pane.touch(PetitionsTouch::Seek(words("버스")));
    let late = vec![office("4199010")];
    pane.hears(PetitionsEvent::Found(words("도"), Ok(late)));

    let form = pane.form().unwrap();
    assert_eq!((form.offices.len(), form.chosen), (0, None));
    let buses = vec![office("4199012")];
    pane.hears(PetitionsEvent::Found(words("버스"), Ok(buses)));
    assert_eq!(pane.form().unwrap().offices[0].name, "4199012과");
}

#[test]
fn a_term_is_extended_only_where_the_exchange_allows_it() {
    let mut pane = Pane::before(|it| it.may_extend_by = 0);
    pane.touch(PetitionsTouch::Pick(1));
    assert_eq!(pane.notice(), Some(PetitionsNotice::NotNow));
    assert_eq!(pane.form(), None);

    let mut pane = Pane::before(|_| {});
    pane.touch(PetitionsTouch::Pick(1));
    pane.touch(PetitionsTouch::Reason(words("부품이 늦어요")));
    pane.touch(PetitionsTouch::Send);

    let reason = words("부품이 늦어요");
    assert_eq!(pane.said(), [doing(Deed::Extend { reason })]);
}

#[test]
fn a_petition_is_joined_to_the_one_that_is_chosen_and_the_ground_follows_from_who_wrote() {
    let mut pane = Pane::before(|it| it.like = vec![other("b", true), other("c", false)]);
    pane.touch(PetitionsTouch::Pick(2));

    pane.touch(PetitionsTouch::Down);
    pane.touch(PetitionsTouch::Down);
    pane.touch(PetitionsTouch::Next);

    let deed = Deed::Join {
        leading: RequestId::new("c"),
        ground: JoinGround::Mass,
    };
    assert_eq!(pane.said(), [doing(deed)]);
    // Whoever leads others joins nobody.
    let mut pane = Pane::before(|it| {
        it.like = vec![other("b", true)];
        it.joined_in_all = 1;
    });
    pane.touch(PetitionsTouch::Pick(2));
    assert_eq!(pane.notice(), Some(PetitionsNotice::NotNow));
}

#[test]
fn a_joined_petition_is_separated_again() {
    let mut pane = Pane::before(|it| {
        it.petition.leading = Some(RequestId::new("b"));
        it.leads_to = Some(other("b", true));
    });
    pane.touch(PetitionsTouch::Pick(3));

    pane.touch(PetitionsTouch::Next);

    assert_eq!(pane.said(), [doing(Deed::Separate)]);
}

#[test]
fn a_file_is_saved_shown_where_it_lies_and_forgotten_with_its_agent() {
    let mut pane = Pane::before(|it| it.files = vec![file()]);
    pane.touch(PetitionsTouch::Pick(4));

    pane.touch(PetitionsTouch::Next);

    let enclosure = file().enclosure;
    let request = RequestId::new("a");
    assert_eq!(pane.said(), [PetitionsCommand::Save { request, enclosure }]);
    let place = words("/run/files/00-사진.png");
    pane.hears(PetitionsEvent::Saved("00".to_owned(), Ok(place.clone())));
    let shown = pane.form().unwrap().files;
    assert_eq!(shown[0].kept, FilePlace::Saved(place));
    pane.hears(PetitionsEvent::Works(None));
    assert_eq!(pane.said(), [PetitionsCommand::ForgetFiles]);
}

#[test]
fn nothing_is_done_with_a_petition_that_is_answered_but_looking_at_its_files() {
    let replied = |it: &mut Letter| {
        it.petition.standing = Standing::Replied;
        it.files = vec![file()];
        it.like = vec![other("b", true)];
    };

    let pane = Pane::before(replied);

    let may = pane.view().letter.unwrap().may;
    assert_eq!(may, [false, false, false, false, true, false]);
}

#[test]
fn an_office_is_told_with_the_word_the_duty_and_the_place_that_led_there() {
    let ground = Ground {
        word: Some("가로등".to_owned()),
        duty: Some(catalog::Bilingual {
            ko: "가로등과 보안등".to_owned(),
            en: "Street lights".to_owned(),
        }),
        district: Some("41997".to_owned()),
    };
    let home = Office {
        code: OfficeId::new("4199710"),
        name: None,
    };

    let pane = Pane::before(|it| {
        it.petition.office = Some(home);
        it.petition.ground = Some(ground);
    });

    let route = pane.view().letter.unwrap().route;
    assert_eq!(route.word, "가로등");
    assert_eq!(route.duty, "가로등과 보안등");
    assert_eq!(route.district, "한빛시 다솜구");
    assert!(route.known && !route.handed_over);
}
