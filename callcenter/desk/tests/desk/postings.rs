//! The pane of postings, as it may come to look.

use desk::{
    postings::{ChoiceView, PostingRow, PostingView, PostingsFault, PostingsNotice, PostingsView},
    workplace::view::PaneView,
};
use privacy::Personal;

const TEXT: &str = "토요일 오전 열 시부터 가온공원에서 책과 장난감을 나눕니다.\n\
     쓰지 않는 것을 가져오시면 됩니다. 비가 오면 다음 주 토요일에 합니다.";

/// The list, and one with each thing that may become of it.
pub(crate) fn panes() -> Vec<(&'static str, PaneView)> {
    let nobody = PostingsView {
        no_way: true,
        ..PostingsView::default()
    };
    let nothing = PostingsView {
        known: true,
        notice: Some(PostingsNotice::Published),
        ..PostingsView::default()
    };
    let publish = ChoiceView::Publish { days: 14 };
    let decided = PostingsNotice::Fault(PostingsFault::Decided);
    let panes = [
        ("postings", list(Some(decided), None)),
        ("postings-nobody", nobody),
        ("postings-nothing", nothing),
        ("posting", list(None, Some(posting(None)))),
        (
            "posting-published",
            list(None, Some(posting(Some(publish)))),
        ),
        (
            "posting-refused",
            list(
                Some(PostingsNotice::NoReason),
                Some(posting(Some(ChoiceView::Refuse))),
            ),
        ),
    ];
    panes
        .map(|(name, view)| (name, PaneView::Postings(Box::new(view))))
        .to_vec()
}

fn row(number: usize) -> PostingRow {
    PostingRow {
        title: personal(["나눔 장터를 엽니다", "잃어버린 고양이를 찾아요"][number % 2]),
        topic: ["나눔", "이웃 소식"][number % 2].to_owned(),
        district: ["한빛시 가온구", ""][number % 2].to_owned(),
        came: "11월 24일 10:00".to_owned(),
    }
}

fn list(notice: Option<PostingsNotice>, posting: Option<PostingView>) -> PostingsView {
    PostingsView {
        no_way: false,
        known: true,
        rows: (0..12).map(row).collect(),
        selected: 1,
        notice,
        posting,
    }
}

fn posting(choice: Option<ChoiceView>) -> PostingView {
    PostingView {
        row: row(0),
        text: personal(TEXT),
        station: "gaon-1".to_owned(),
        choice,
        reason: personal(""),
        judging: false,
    }
}

fn personal(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}
