//! Notices and figures of the place, by topic.

use kiosk_ui::{
    BoardPort, BoardTopicTile, FigureLine as ShownLine, FiguresCard as ShownFigures, KioskWindow,
    NoticeCard as ShownNotice,
};
use slint::{ComponentHandle, ModelRc, VecModel};

use super::rows;
use crate::visit::{
    Touch,
    view::{BoardPage, BoardTopic, BoardTopics, FigureLine, FiguresCard, NoticeCard},
};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<BoardPort>();
    let writing = touch.clone();
    port.on_write(move || writing(Touch::WriteNotice));
    port.on_open(move |topic| touch(Touch::OpenBoardTopic(topic.into())));
}

pub(super) fn show_topics(window: &KioskWindow, view: &BoardTopics) {
    let port = window.global::<BoardPort>();
    port.set_as_of(view.as_of.as_str().into());
    let tile = |it: &BoardTopic| BoardTopicTile {
        topic: it.topic.as_str().into(),
        title: it.title.as_str().into(),
        entries: i32::try_from(it.entries).unwrap_or(i32::MAX),
    };
    let topics = view.topics.iter().map(tile).collect();
    if let Some(model) = rows::update(&port.get_topics(), topics) {
        port.set_topics(model);
    }
}

pub(super) fn show_page(window: &KioskWindow, view: &BoardPage) {
    let port = window.global::<BoardPort>();
    port.set_may_write(view.open);
    port.set_title(view.title.as_str().into());
    port.set_as_of(view.as_of.as_str().into());
    port.set_figures(ModelRc::new(VecModel::from_iter(
        view.figures.iter().map(figures),
    )));
    let notices = view.notices.iter().map(notice).collect();
    if let Some(model) = rows::update(&port.get_notices(), notices) {
        port.set_notices(model);
    }
}

fn figures(it: &FiguresCard) -> ShownFigures {
    let line = |it: &FigureLine| ShownLine {
        label: it.label.as_str().into(),
        text: it.text.as_str().into(),
    };
    ShownFigures {
        title: it.title.as_str().into(),
        district: it.district.as_str().into(),
        values: ModelRc::new(VecModel::from_iter(it.values.iter().map(line))),
        source: it.source.as_str().into(),
        day: it.day.as_str().into(),
    }
}

fn notice(it: &NoticeCard) -> ShownNotice {
    ShownNotice {
        title: it.title.as_str().into(),
        text: it.text.as_str().into(),
        district: it.district.as_str().into(),
        from: it.from.as_str().into(),
        until: it.until.as_str().into(),
    }
}
