//! The pane of the knowledge base, as it may come to look.

use desk::{
    knowledge::{ArticleRow, ArticleView, KnowledgeFault, KnowledgeNotice, KnowledgeView, Verdict},
    workplace::view::PaneView,
};
use privacy::Personal;

const BODY: &str = "토지대장은 누구나 신청할 수 있고, 신분증이 필요하지 않습니다.\n\n\
     지번을 모르면 도로명주소로 찾을 수 있습니다. 지번이 둘로 나뉘었으면 새 지번으로 신청합니다.\n\n\
     수수료는 시 안에서 한 통에 300원, 시 밖에서 500원입니다.";

/// What was found, an article, and what is said of it.
pub(crate) fn panes() -> Vec<(&'static str, PaneView)> {
    let nobody = KnowledgeView {
        no_way: true,
        ..KnowledgeView::default()
    };
    let nothing = KnowledgeView {
        known: true,
        notice: Some(KnowledgeNotice::Fault(KnowledgeFault::Unreachable)),
        ..KnowledgeView::default()
    };
    let judged = article(Some(Verdict::OutOfDate), Some(KnowledgeNotice::Thanks));
    let panes = [
        ("knowledge", found()),
        ("knowledge-nobody", nobody),
        ("knowledge-nothing", nothing),
        ("knowledge-article", article(None, None)),
        ("knowledge-judged", judged),
    ];
    panes
        .map(|(name, view)| (name, PaneView::Knowledge(Box::new(view))))
        .to_vec()
}

fn found() -> KnowledgeView {
    let row = |number: usize| ArticleRow {
        title: ["토지대장을 신청하는 방법", "지번을 모를 때"][number % 2].to_owned(),
        begins: BODY.lines().next().unwrap().to_owned(),
        about_service: number < 2,
    };
    KnowledgeView {
        known: true,
        service: "토지대장".to_owned(),
        rows: (0..11).map(row).collect(),
        selected: 1,
        line: 1,
        ..KnowledgeView::default()
    }
}

fn article(verdict: Option<Verdict>, notice: Option<KnowledgeNotice>) -> KnowledgeView {
    KnowledgeView {
        notice,
        article: Some(ArticleView {
            title: "토지대장을 신청하는 방법".to_owned(),
            body: BODY.to_owned(),
            version: 3,
            day: "11월 20일".to_owned(),
            author: "namgung.12".to_owned(),
            verdict,
            sentence: Personal::new("수수료가 12월부터 바뀐다고 합니다".to_owned()),
            judging: false,
        }),
        ..found()
    }
}
