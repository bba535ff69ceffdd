//! The board and the information bank, as one finds them.

use board::{Figures, Notice};
use request::Timestamp;

use crate::visit::{
    Moment, Visit,
    finding::Looking,
    view::{
        BoardPage, BoardTopic, BoardTopics, BoardWriting, FigureLine, FiguresCard, NoticeCard,
        Screen,
    },
};

impl Visit {
    pub(super) fn board_topics(&self, now: Moment) -> BoardTopics {
        let language = self.language();
        let entries = |topic: &str| {
            let notices = self.board.on(topic, now.wall).count();
            u32::try_from(notices + self.local.figures(topic).len()).unwrap_or(u32::MAX)
        };
        let topic = |it: &board::Topic| BoardTopic {
            topic: it.id.clone(),
            title: it.title.in_language(language).to_owned(),
            entries: entries(&it.id),
        };
        BoardTopics {
            topics: self.local.topics().iter().map(topic).collect(),
            as_of: self.board_as_of(now),
        }
    }

    pub(super) fn board_page(&self, id: &str, now: Moment) -> Screen {
        let Some(topic) = self.local.topic(id) else {
            return Screen::BoardTopics(self.board_topics(now));
        };
        let figures = self.local.figures(id).iter();
        let notices = self.board.on(id, now.wall);
        Screen::BoardPage(BoardPage {
            title: topic.title.in_language(self.language()).to_owned(),
            figures: figures.map(|it| self.figures_card(it)).collect(),
            notices: notices.map(|it| self.notice_card(it)).collect(),
            as_of: self.board_as_of(now),
            open: self.may_write(id),
        })
    }

    pub(super) fn board_writing(&self) -> BoardWriting {
        let entry = &self.person.sought;
        BoardWriting {
            titling: matches!(self.person.looking, Looking::Titling(_)),
            text: entry.finished().to_owned(),
            composing: entry.composing(),
            keyboard: entry.keyboard(),
            complete: self.is_complete(),
        }
    }

    fn board_as_of(&self, now: Moment) -> String {
        let as_of = self.board.as_of;
        as_of.map_or_else(String::new, |at| self.clock_time(at, now))
    }

    fn figures_card(&self, it: &Figures) -> FiguresCard {
        let words = |text: &catalog::Bilingual| text.in_language(self.language()).to_owned();
        let line = |it: &board::Value| FigureLine {
            label: words(&it.label),
            text: words(&it.text),
        };
        FiguresCard {
            title: words(&it.title),
            district: self.district_in_words(it.district.as_deref()),
            values: it.values.iter().map(line).collect(),
            source: words(&it.source),
            day: self.day(&it.day),
        }
    }

    fn notice_card(&self, it: &Notice) -> NoticeCard {
        let day = |at: Timestamp| self.day(&at.local().to_string());
        NoticeCard {
            title: it.title.clone(),
            text: it.text.clone(),
            district: self.district_in_words(it.district.as_deref()),
            from: day(it.published_at),
            until: day(it.until),
        }
    }

    fn district_in_words(&self, code: Option<&str>) -> String {
        let known = code.and_then(|it| self.local.district(it));
        known.map_or_else(String::new, |it| it.in_language(self.language()).to_owned())
    }
}
