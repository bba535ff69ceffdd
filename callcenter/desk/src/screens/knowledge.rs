//! Articles of the knowledge base, and the one that is read.

use desk_ui::{ArticleLine, DeskWindow, KnowledgeNoticeName, KnowledgePort};
use slint::ComponentHandle;

use super::{count, rows};
use crate::{
    knowledge::{ArticleRow, ArticleView, KnowledgeFault, KnowledgeNotice, KnowledgeView, Verdict},
    workplace::Touch,
};

pub(super) fn connect(window: &DeskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<KnowledgePort>();
    port.on_select(move |row| {
        if let Ok(row) = usize::try_from(row) {
            touch(Touch::SelectRow(row));
        }
    });
}

pub(super) fn show(window: &DeskWindow, view: &KnowledgeView) {
    let port = window.global::<KnowledgePort>();
    port.set_no_way(view.no_way);
    port.set_known(view.known);
    port.set_service(view.service.as_str().into());
    let articles = view.rows.iter().map(row).collect();
    if let Some(model) = rows::update(&port.get_rows(), articles) {
        port.set_rows(model);
    }
    port.set_selected(count(view.selected));
    port.set_odd(view.line % 2 == 1);
    port.set_notice(match view.notice {
        None => KnowledgeNoticeName::None,
        Some(KnowledgeNotice::Fault(KnowledgeFault::Unreachable)) => {
            KnowledgeNoticeName::Unreachable
        }
        Some(KnowledgeNotice::Fault(KnowledgeFault::Forbidden)) => KnowledgeNoticeName::Forbidden,
        Some(KnowledgeNotice::Fault(KnowledgeFault::Unproven)) => KnowledgeNoticeName::Unproven,
        Some(KnowledgeNotice::Fault(KnowledgeFault::Gone)) => KnowledgeNoticeName::Gone,
        Some(KnowledgeNotice::Fault(KnowledgeFault::Malformed)) => KnowledgeNoticeName::Malformed,
        Some(KnowledgeNotice::ChooseVerdict) => KnowledgeNoticeName::ChooseVerdict,
        Some(KnowledgeNotice::TooLong) => KnowledgeNoticeName::TooLong,
        Some(KnowledgeNotice::Thanks) => KnowledgeNoticeName::Thanks,
    });
    if let Some(article) = &view.article {
        show_article(&port, article);
    }
    port.set_reading(view.article.is_some());
}

fn show_article(port: &KnowledgePort<'_>, article: &ArticleView) {
    port.set_title(article.title.as_str().into());
    port.set_body(article.body.as_str().into());
    port.set_version(count(article.version));
    port.set_day(article.day.as_str().into());
    port.set_author(article.author.as_str().into());
    port.set_sentence(article.sentence.reveal().as_str().into());
    port.set_judging(article.judging);
    // Last, so that the line comes up with its words in place.
    port.set_verdict(match article.verdict {
        None => -1,
        Some(Verdict::Helped) => 0,
        Some(Verdict::OutOfDate) => 1,
    });
}

fn row(view: &ArticleRow) -> ArticleLine {
    ArticleLine {
        title: view.title.as_str().into(),
        begins: view.begins.as_str().into(),
        about_service: view.about_service,
    }
}
