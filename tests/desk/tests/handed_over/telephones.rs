//! Telephones beside the desks, which nobody here wrote: of an agent who helps at a kiosk,
//! and of two who find out with a citizen on the line who that is.

use desk::{
    checks::Turn,
    helping::KioskVoice,
    shift::ShiftState,
    telephone::{CallState, TalkState},
    workplace::view::{PaneView, View},
};
use kiosk::handset::Voice;
use request::{Identification, StationId};
use tests::{
    checker::{asks_for_a_check, right_answer},
    help::{asks_for_an_agent, goes_on_alone_to_the_paper, two_of_three_values_were_an_agents},
    office::TUESDAY_10_00,
    stand::Stand,
    walk::End,
};

use crate::{
    booth::{Booth, STATION, Way},
    center::{AGENT, Center},
    checked::{Story, answers, asked, gives_verdict, is_settled, takes, turns},
    comes, fills_the_form_and_leaves,
    open_switch::SUPERVISOR,
    sound::{
        AGENTS_TONE, CITIZENS_TONE, Sound, heard_the_agent, heard_the_citizen,
        is_as_loud_as_it_was_said,
    },
    speaking::{at_desk, is_said},
};

/// Nobody's number.
const NUMBER: &str = "01000000000";
const SUPERVISORS_TONE: f64 = 1_900.0;

#[test]
fn an_agent_with_a_telephone_beside_the_desk_helps_and_speaks_until_the_paper_comes() {
    let mut furnished = None;
    let mut stand = Stand::furnished(TUESDAY_10_00, |office| {
        let center = Center::open_beside_telephones(office);
        let citizen = Sound::of(office.folder(), "citizen", CITIZENS_TONE);
        let settings = center.settings(&office.credentials(), &citizen);
        furnished = Some((center, citizen));
        settings
    });
    let (center, citizen) = furnished.unwrap();
    let telephone = center.telephone(AGENT, AGENTS_TONE);
    let credentials = stand.office.enroll_desk(&StationId::new(STATION));
    let more = center.without_sound(&credentials);
    let way = Way {
        url: stand.office.url(),
        credentials,
        agent: None,
    };
    let mut booth = Booth::at_a_switch(way, &more);
    Center::signs_in(&mut booth, AGENT);
    booth.wait_for("the telephone is known", |view| {
        view.telephone.state == CallState::Resting
    });
    booth.click("키오스크 돕기");
    asks_for_an_agent(&mut stand);
    comes(&mut booth, &mut stand);

    stand.wait_until("the citizen speaks with the agent", |view| {
        is_said(view, Voice::Talking)
    });
    booth.wait_for("the desk shows it", |view| {
        at_desk(view) == Some(KioskVoice::Talking)
    });
    telephone.talks();
    telephone.hears_for(2);
    fills_the_form_and_leaves(&mut booth, &mut stand);
    telephone.is_hung_up_on();
    heard_the_agent(&citizen.heard());
    let heard = telephone.hangs_up();
    heard_the_citizen(&heard);
    is_as_loud_as_it_was_said(&heard);

    goes_on_alone_to_the_paper(&mut stand);
    two_of_three_values_were_an_agents(&stand);
}

fn is_in(view: &View, with: TalkState) -> bool {
    matches!(view.telephone.state, CallState::Talking { with: now, .. } if now == with)
}

/// From a desk whose telephone works.
fn is_ready(booth: &mut Booth) {
    booth.wait_for("the telephone is known", |view| {
        view.telephone.state == CallState::Resting
    });
    booth.press("F6");
    booth.wait_for("the agent is ready", |view| view.shift == ShiftState::Ready);
}

/// How many of the directory fit what was typed.
fn found(view: &View) -> usize {
    match &view.pane {
        PaneView::Directory(directory) => directory.entries.len(),
        _ => 0,
    }
}

/// The agent asks the supervisor, and all three speak.
fn brings_in_the_supervisor(booth: &mut Booth) {
    booth.press("F8");
    booth.wait_for("the directory is open", |view| found(view) > 1);
    booth.type_text(SUPERVISOR);
    booth.wait_for("the supervisor is found", |view| found(view) == 1);
    booth.press("Ctrl+K");
    booth.wait_for("the supervisor has answered", |view| {
        is_in(view, TalkState::Consulting { answered: true })
    });
    booth.press("Ctrl+J");
    booth.wait_for("all three speak", |view| {
        is_in(view, TalkState::Conferenced)
    });
}

#[test]
fn a_citizen_with_no_card_speaks_with_both_agents_on_the_telephone_and_the_paper_comes() {
    let mut story = Story::with(Center::open_beside_telephones);
    let telephone = story.center.telephone(AGENT, AGENTS_TONE);
    let supervisors = story.center.telephone(SUPERVISOR, SUPERVISORS_TONE);
    is_ready(&mut story.first);
    is_ready(&mut story.second);
    asks_for_a_check(&mut story.stand);
    let citizen = story.center.is_called(NUMBER, CITIZENS_TONE);
    let Story { first, second, .. } = &mut story;
    first.wait_for("the citizen is on the line", |view| {
        is_in(view, TalkState::Established)
    });

    takes(first);
    while let Some(wording) = asked(&first.wait_for("its turn", is_settled)) {
        answers(first, right_answer(&wording));
    }
    gives_verdict(first, "본인이 맞아요", "본인과 직접 말해 봤어요");
    turns(first, |turn| *turn == Turn::WithSecond);
    brings_in_the_supervisor(first);
    takes(second);
    second.click("질문 하나 더 하기");
    let view = second.wait_for("one more question", |view| asked(view).is_some());
    answers(second, right_answer(&asked(&view).unwrap()));
    supervisors.hears_for(2);
    citizen.hears_for(2);
    gives_verdict(second, "동의해요", "질문 기록을 읽었어요");
    turns(second, |turn| *turn == Turn::Passed);

    let [citizens, agents, supervisors] = [citizen, telephone, supervisors].map(|it| it.hangs_up());
    let tones = [CITIZENS_TONE, AGENTS_TONE, SUPERVISORS_TONE];
    for (own, heard) in tones.into_iter().zip([citizens, agents, supervisors]) {
        for other in tones.into_iter().filter(|it| *it != own) {
            let [of_the_other, of_itself] = heard.shares(1, [other, own]);
            assert!(of_the_other > 0.4, "{own} hears {of_the_other} of {other}");
            assert!(of_itself < 0.01, "{own} hears an echo: {of_itself}");
        }
    }
    let stand = &mut story.stand;
    stand.wait_for("options");
    assert_eq!(stand.go_on(), End::Thanked);
    assert_eq!(stand.sheets().len(), 1);
    let (request, _) = stand.journal().pop().unwrap();
    assert_eq!(request.identity.by, Some(Identification::TwoPersons));
}
