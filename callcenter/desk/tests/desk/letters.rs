//! The pane of letters, as it may come to look.

use desk::{
    petitions::{
        AnswerView, EnclosureView, LetterView, PetitionView, PetitionsFault, PetitionsNotice,
        PetitionsView, RowStanding, TimeLeft,
    },
    workplace::view::PaneView,
};
use privacy::Personal;

const TEXT: &str = "안녕하세요. 한빛로 1 앞 가로등이 지난주부터 켜지지 않습니다.\n\
     밤에 아이들이 지나는 길이라 위험합니다. 언제 고칠 수 있는지 알려 주세요.\n\n고맙습니다.";
const ANSWER: &str = "안녕하세요. 알려 주셔서 고맙습니다.\n가로등은 11월 26일까지 고치겠습니다.";

/// The list, and one letter on each way.
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
    panes
}

fn personal(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

fn list(rows: Vec<PetitionView>, letter: Option<LetterView>) -> PetitionsView {
    PetitionsView {
        no_way: false,
        known: true,
        rows,
        selected: 1,
        notice: letter.as_ref().map(|_| PetitionsNotice::TakeOver),
        letter,
    }
}

fn pane(letter: Option<LetterView>) -> PaneView {
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
    let rows = (0..12).map(|number: i64| {
        let standing = &standings[usize::try_from(number).unwrap() % standings.len()];
        row(number, standing)
    });
    PaneView::Petitions(Box::new(list(rows.collect(), letter)))
}

fn row(number: i64, standing: &RowStanding) -> PetitionView {
    PetitionView {
        subject: personal(
            [
                "가로등이 꺼졌어요",
                "",
                "공원 의자와 산책로 정비를 바라는 한빛동 주민들의 건의",
            ][usize::try_from(number).unwrap() % 3],
        ),
        service: "전자우편 민원".to_owned(),
        came: "11월 24일 10:00".to_owned(),
        left: match number {
            0 => TimeLeft::Over(12),
            11 => TimeLeft::NoTerm,
            number => TimeLeft::Days(number - 1),
        },
        standing: standing.clone(),
    }
}

fn letter(answer: AnswerView) -> LetterView {
    let enclosure = |name: &str| EnclosureView {
        name: personal(name),
        media_type: "image/png".to_owned(),
        kilobytes: 812,
    };
    LetterView {
        number: "post-1-261124-a1b2c3-000001".to_owned(),
        row: row(2, &RowStanding::Ours),
        name: personal("남궁한빛나"),
        address: personal("namgung.hanbitna@example.org"),
        text: personal(TEXT),
        enclosures: vec![enclosure("가로등 사진.png"), enclosure("")],
        answer,
    }
}
