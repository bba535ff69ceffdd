//! The pane of petitions, as it may come to look.

use desk::{
    petitions::{
        Act, AnswerView, FileKind, FilePlace, FileView, FormView, GroundView, LetterView,
        OfficeView, OtherView, PageView, PetitionView, PetitionsFault, PetitionsNotice,
        PetitionsView, RouteView, RowStanding, StepName, StepView, TimeLeft,
    },
    workplace::view::PaneView,
};
use privacy::Personal;
use request::Decision;

const TEXT: &str = "안녕하세요. 한빛로 1 앞 가로등이 지난주부터 켜지지 않습니다.\n\
     밤에 아이들이 지나는 길이라 위험합니다. 언제 고칠 수 있는지 알려 주세요.\n\n고맙습니다.";
const ANSWER: &str = "안녕하세요. 알려 주셔서 고맙습니다.\n가로등은 11월 26일까지 고치겠습니다.";
const REASON: &str = "가로등이 시도로에 있어 도로과에서 맡는 것이 맞습니다.";

/// The list, one petition on each way, and each form.
pub(crate) fn panes() -> Vec<(&'static str, PaneView)> {
    let text = personal(ANSWER);
    let agent = "namgung.12".to_owned();
    let answers = [
        ("letter", AnswerView::ToTake { asked: false }),
        (
            "letter-writing",
            AnswerView::Writing {
                line: 1,
                start: text.clone(),
            },
        ),
        (
            "letter-waits",
            AnswerView::WaitsForAuthor {
                agent: agent.clone(),
                text: text.clone(),
            },
        ),
        (
            "letter-not-taken",
            AnswerView::NotTaken {
                fault: PetitionsFault::Answered,
                text: text.clone(),
            },
        ),
        ("letter-answered", AnswerView::Given { agent, text }),
    ];
    let read = answers.map(|(name, answer)| (name, pane(Some(letter(answer)))));
    let nobody = PetitionsView {
        no_way: true,
        ..list(Vec::new(), None)
    };
    let nobody = PaneView::Petitions(Box::new(nobody));
    let mut panes = vec![("letters", pane(None)), ("letters-nobody", nobody)];
    panes.extend(read);
    panes.push(("letter-appealed", appealed()));
    panes.push(("letter-informing", informing()));
    panes.push(("letter-written-in-vain", written_in_vain()));
    panes.extend(Act::ALL.map(|act| (name(act), form(act))));
    panes
}

fn name(act: Act) -> &'static str {
    match act {
        Act::HandOver => "letter-hand-over",
        Act::Extend => "letter-extend",
        Act::Join => "letter-join",
        Act::Separate => "letter-separate",
        Act::Files => "letter-files",
        Act::Decide => "letter-decide",
    }
}

fn personal(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

fn list(rows: Vec<PetitionView>, letter: Option<LetterView>) -> PetitionsView {
    let total = if rows.is_empty() { 0 } else { 153 };
    PetitionsView {
        no_way: false,
        known: true,
        page: PageView {
            first: 51,
            last: 50 + rows.len(),
            total,
            goes_on: !rows.is_empty(),
        },
        rows,
        selected: 1,
        notice: letter.as_ref().map(|_| PetitionsNotice::TakeOver),
        letter: letter.map(Box::new),
    }
}

fn pane(letter: Option<LetterView>) -> PaneView {
    PaneView::Petitions(Box::new(whole(letter)))
}

fn whole(letter: Option<LetterView>) -> PetitionsView {
    let standings = [
        RowStanding::Waiting,
        RowStanding::Ours,
        RowStanding::With("namgung.12".to_owned()),
        RowStanding::NotSent,
        RowStanding::MaybeSent,
        RowStanding::WrittenHere,
        RowStanding::NotTaken,
        RowStanding::Replied,
    ];
    let rows = (0..12).map(|number: u32| {
        let standing = &standings[number as usize % standings.len()];
        row(number, standing)
    });
    list(rows.collect(), letter)
}

fn row(number: u32, standing: &RowStanding) -> PetitionView {
    PetitionView {
        subject: personal(
            [
                "가로등이 꺼졌어요",
                "",
                "공원 의자와 산책로 정비를 바라는 한빛동 주민들의 건의",
            ][number as usize % 3],
        ),
        service: "전자우편 민원".to_owned(),
        came: "11월 24일 10:00".to_owned(),
        office: ["한빛시 다솜구 생활안전과", ""][number as usize % 2].to_owned(),
        due: match number {
            11 => String::new(),
            _ => "12월 2일".to_owned(),
        },
        left: match number {
            0 => TimeLeft::Over(12),
            11 => TimeLeft::NoTerm,
            number => TimeLeft::Days(number - 1),
        },
        standing: standing.clone(),
        extended: number == 2,
        appealed: number == 4,
        joined: number == 4,
    }
}

fn letter(answer: AnswerView) -> LetterView {
    let step = |what, office: &str, agent: &str, reason: &str| StepView {
        when: "11월 24일 10:00".to_owned(),
        what,
        office: office.to_owned(),
        agent: agent.to_owned(),
        reason: personal(reason),
        due: "2026-12-11".to_owned(),
        stars: 2,
    };
    LetterView {
        number: "5104 6914 9391 8490".to_owned(),
        row: row(2, &RowStanding::Ours),
        name: personal("남궁한빛나"),
        address: personal("namgung.hanbitna@example.org"),
        text: personal(TEXT),
        route: RouteView {
            word: "가로등".to_owned(),
            duty: "가로등과 보안등".to_owned(),
            district: "한빛시 다솜구 별내동".to_owned(),
            known: true,
            handed_over: false,
        },
        appeal: None,
        earlier: Vec::new(),
        files: 3,
        leads_to: None,
        joined: vec![other(0)],
        joined_in_all: 12,
        like: 2,
        steps: vec![
            step(StepName::Received, "", "", ""),
            step(StepName::Routed, "한빛시 다솜구 생활안전과", "", ""),
            step(StepName::Taken, "", "namgung.12", ""),
            step(
                StepName::Extended,
                "",
                "namgung.12",
                "부품이 다음 주에 옵니다.",
            ),
            step(StepName::Transferred, "한빛시 도로과", "namgung.12", REASON),
        ],
        answer,
        decides: false,
        decision: None,
        decided_before: None,
        ground: String::new(),
        may: [true, true, true, false, true, true],
        extends_by: 7,
        form: None,
    }
}

fn ground(number: usize) -> GroundView {
    GroundView {
        clause: format!("제9조 제1항 제{}호", number + 1),
        title: ["이름·주민등록번호 등 개인정보", "재판·수사·형의 집행"][number % 2].to_owned(),
    }
}

fn other(number: u32) -> OtherView {
    OtherView {
        number: "5104 6914 9391 8490".to_owned(),
        subject: personal(["가로등이 나흘째 꺼져 있어요", ""][number as usize % 2]),
        percent: 91 - 7 * number,
        same_person: number == 0,
    }
}

fn appealed() -> PaneView {
    let writing = AnswerView::Writing {
        line: 1,
        start: personal(""),
    };
    let mut letter = letter(writing);
    letter.row.appealed = true;
    letter.appeal = Some(personal("고쳤다고 하셨지만 어제도 꺼져 있었습니다."));
    letter.earlier = vec![personal(ANSWER)];
    letter.decides = true;
    letter.decided_before = Some(Decision::Withheld);
    PaneView::Petitions(Box::new(PetitionsView {
        notice: Some(PetitionsNotice::Done(Act::HandOver)),
        ..whole(Some(letter))
    }))
}

/// At a desk whose journal has failed.
fn written_in_vain() -> PaneView {
    let writing = AnswerView::Writing {
        line: 1,
        start: personal(ANSWER),
    };
    PaneView::Petitions(Box::new(PetitionsView {
        notice: Some(PetitionsNotice::NotWritten),
        ..whole(Some(letter(writing)))
    }))
}

fn informing() -> PaneView {
    let writing = AnswerView::Writing {
        line: 1,
        start: personal("청구하신 회의록을 보냅니다."),
    };
    let mut letter = letter(writing);
    letter.decides = true;
    letter.decision = Some(Decision::PartlyDisclosed);
    letter.ground = "제9조 제1항 제6호".to_owned();
    PaneView::Petitions(Box::new(PetitionsView {
        notice: None,
        ..whole(Some(letter))
    }))
}

fn form(act: Act) -> PaneView {
    let office = |number: usize| OfficeView {
        name: format!("한빛시 {}", ["도로과", "대중교통과", "환경과"][number % 3]),
        duties: ["도로와 인도, 가로등과 보안등", "", "소음과 먼지"][number % 3].to_owned(),
        telephone: "02-0000-1010".to_owned(),
    };
    let file = |name: &str, kept| FileView {
        name: personal(name),
        kind: FileKind::Jpeg,
        kilobytes: 812,
        kept,
    };
    let view = FormView {
        act,
        offices: (0..9).map(office).collect(),
        offices_known: true,
        more_offices: 22,
        others: (0..3).map(other).collect(),
        files: vec![
            file("가로등 사진.jpg", FilePlace::Exchange),
            file(
                "현장 사진.jpg",
                FilePlace::Saved(personal(
                    "/run/user/1000/minwon-files/0a1b2c3d-현장_사진.jpg",
                )),
            ),
            file("", FilePlace::Mailbox),
        ],
        grounds: match act {
            Act::Decide => (0..8).map(ground).collect(),
            _ => Vec::new(),
        },
        ground: Some(5),
        chosen: (act != Act::HandOver).then_some(1),
        reason: personal(REASON),
        doing: act == Act::Separate,
    };
    let mut letter = letter(AnswerView::ToTake { asked: false });
    letter.form = Some(view);
    PaneView::Petitions(Box::new(PetitionsView {
        notice: (act == Act::Extend).then_some(PetitionsNotice::Fault(PetitionsFault::Extended)),
        ..whole(Some(letter))
    }))
}
