//! What is said about talks that are judged.

use cti::{
    AgentMerit, Event, FromDesk, FromSwitch, Judgment, QualityEvent, QualityRefusal,
    QualityRequest, Request, TalkDisposition, TalkEnding, TalkLine, TalkName, TalkSheet,
    WrittenReview, frame,
};
use figures::{Criterion, CriterionMerit, Form, Mean, Merit, Share, Wording};

use super::{is_written, personal};

const TALK: TalkName = TalkName { agent: 3, call: 7 };

fn line() -> TalkLine {
    TalkLine {
        talk: TALK,
        began_ms: 1_795_480_200_000,
        seconds: 185,
        queue: Some("general".to_owned()),
        ending: Some(TalkEnding::CallerHungUp),
        recorded: true,
        score: Some(mean()),
        answered: false,
        disposition: None,
    }
}

fn mean() -> Mean {
    let share = Share(950);
    Mean { share, reviews: 1 }
}

fn form() -> Form {
    Form {
        id: "talk".to_owned(),
        version: 2,
        criteria: vec![Criterion {
            id: "fee".to_owned(),
            title: Wording {
                ko: "수수료".to_owned(),
                en: "Fee".to_owned(),
            },
            weight: 3,
            best: 1,
            decisive: true,
        }],
    }
}

fn sheet() -> Box<TalkSheet> {
    Box::new(TalkSheet {
        line: line(),
        form: Some(form()),
        reviews: vec![WrittenReview {
            reviewer: 9,
            account: "supervisor".to_owned(),
            reviewed_ms: 1_795_480_900_000,
            points: [("fee".to_owned(), 1)].into(),
            score: Share(950),
            comment: Some(personal("친절했어요")),
            answer: None,
        }],
    })
}

const LINE: &str = r#"{"talk":{"agent":3,"call":7},"began_ms":1795480200000,"seconds":185,"queue":"general","ending":"caller-hung-up","recorded":true,"score":{"share":950,"reviews":1},"answered":false}"#;
const FORM: &str = r#"{"id":"talk","version":2,"criterion":[{"id":"fee","title":{"ko":"수수료","en":"Fee"},"weight":3,"best":1,"decisive":true}]}"#;
const REVIEW: &str = r#"{"reviewer":9,"account":"supervisor","reviewed_ms":1795480900000,"points":{"fee":1},"score":950,"comment":"친절했어요","answer":null}"#;

#[test]
fn what_a_desk_asks_about_talks_is_written_like_this() {
    let judgment = Judgment {
        talk: TALK,
        form: "talk".to_owned(),
        version: 2,
        points: [("fee".to_owned(), 1)].into(),
        comment: Some(personal("친절했어요")),
    };
    let cases = [
        (
            QualityRequest::ListMerits { days: 30 },
            r#""asked":"list-merits","days":30"#,
        ),
        (
            QualityRequest::ListTalks { agent: 3, days: 30 },
            r#""asked":"list-talks","agent":3,"days":30"#,
        ),
        (QualityRequest::ListOwn, r#""asked":"list-own""#),
        (
            QualityRequest::OpenTalk { talk: TALK },
            r#""asked":"open-talk","talk":{"agent":3,"call":7}"#,
        ),
        (QualityRequest::OpenMonitored, r#""asked":"open-monitored""#),
        (
            QualityRequest::Judge { judgment },
            r#""asked":"judge","judgment":{"talk":{"agent":3,"call":7},"form":"talk","version":2,"points":{"fee":1},"comment":"친절했어요"}"#,
        ),
        (
            QualityRequest::Answer {
                talk: TALK,
                reviewer: 9,
                reviewed_ms: 1_795_480_900_000,
                text: personal("고마워요"),
            },
            r#""asked":"answer","talk":{"agent":3,"call":7},"reviewer":9,"reviewed_ms":1795480900000,"text":"고마워요""#,
        ),
    ];

    for (asked, text) in cases {
        let text = format!(r#"{{"type":"request","service":"quality",{text}}}"#);
        is_written(&FromDesk::Request(Request::Quality(asked)), &text);
    }
}

#[test]
fn what_a_desk_is_told_about_talks_is_written_like_this() {
    let criteria = vec![CriterionMerit {
        criterion: "fee".to_owned(),
        mean: mean(),
    }];
    let merit = Merit {
        score: Some(mean()),
        criteria,
    };
    let cases = [
        (
            QualityEvent::Merits {
                days: 30,
                first: true,
                agents: vec![AgentMerit {
                    agent: 3,
                    account: "agent-3".to_owned(),
                    score: None,
                }],
            },
            r#""told":"merits","days":30,"first":true,"agents":[{"agent":3,"account":"agent-3","score":null}]"#.to_owned(),
        ),
        (
            QualityEvent::Talks {
                agent: 3,
                days: 30,
                talks: vec![line()],
                merit,
                form: Some(form()),
            },
            format!(
                r#""told":"talks","agent":3,"days":30,"talks":[{LINE}],"merit":{{"score":{{"share":950,"reviews":1}},"criteria":[{{"criterion":"fee","mean":{{"share":950,"reviews":1}}}}]}},"form":{FORM}"#
            ),
        ),
        (
            QualityEvent::Own { talks: Vec::new() },
            r#""told":"own","talks":[]"#.to_owned(),
        ),
        (
            QualityEvent::Judged { sheet: sheet() },
            format!(
                r#""told":"judged","sheet":{{"line":{LINE},"form":{FORM},"reviews":[{REVIEW}]}}"#
            ),
        ),
        (
            QualityEvent::Refused {
                talk: Some(TALK),
                why: QualityRefusal::TooManyPoints {
                    criterion: "fee".to_owned(),
                },
            },
            r#""told":"refused","talk":{"agent":3,"call":7},"why":{"reason":"too-many-points","criterion":"fee"}"#.to_owned(),
        ),
    ];

    for (told, text) in cases {
        let text = format!(r#"{{"type":"event","event":"quality",{text}}}"#);
        is_written(&FromSwitch::Event(Box::new(Event::Quality(told))), &text);
    }
}

#[test]
fn how_its_call_ended_stands_behind_a_talk_where_somebody_asked() {
    let said = TalkDisposition::Said("answered".to_owned());
    for (disposition, text) in [
        (said, r#"{"said":"answered"}"#),
        (TalkDisposition::Unsaid, r#""unsaid""#),
    ] {
        let line = TalkLine {
            disposition: Some(disposition),
            ..line()
        };
        let behind = format!(r#","disposition":{text}}}"#);
        let written = LINE.strip_suffix('}').unwrap().to_owned() + &behind;
        is_written(&line, &written);
    }
}

#[test]
fn the_fullest_sheet_fits_a_frame() {
    let wide = |letters: usize| "가".repeat(letters);
    let criterion = |number: usize| Criterion {
        id: format!("{number:032}"),
        title: Wording {
            ko: wide(80),
            en: wide(80),
        },
        weight: u32::MAX,
        best: 7,
        decisive: false,
    };
    let criteria: Vec<Criterion> = (0..40).map(criterion).collect();
    let points = criteria.iter().map(|it| (it.id.clone(), 7)).collect();
    let mut sheet = sheet();
    sheet.form = Some(Form { criteria, ..form() });
    let review = WrittenReview {
        points,
        comment: Some(personal(&wide(1_000))),
        answer: Some(personal(&wide(500))),
        ..sheet.reviews[0].clone()
    };
    sheet.form.as_ref().unwrap().check().unwrap();
    sheet.reviews = vec![review; 3];
    let told = Event::Quality(QualityEvent::Talk { sheet });

    assert!(frame::write(&FromSwitch::Event(Box::new(told))).is_ok());
}
