//! What the exchange has said to a station and to everybody in front of it, as it
//! stands now: notices and whether the office has closed the station.

use std::collections::BTreeMap;

use request::Timestamp;
use sync::{Announcement, RemoteOrder};

/// More are not read by anybody who has come for something else.
const NOTICES_MOST: usize = 3;
/// Of which every notice has its words.
const FIRST_LANGUAGE: &str = "ko";

/// Made of what a station was told, oldest first: after a restart the journal's
/// announcements give the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bulletin {
    /// Oldest first.
    notices: Vec<Notice>,
    closed_until: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Notice {
    id: String,
    /// By language.
    text: BTreeMap<String, String>,
    until: Timestamp,
}

impl Bulletin {
    /// Takes over what was told. A notice replaces the one of the same name before it,
    /// so that one whose time is over withdraws it. Answers whether it changes anything.
    pub fn take(&mut self, content: &Announcement) -> bool {
        match content {
            Announcement::Notice { id, text, until } => {
                self.notices.retain(|it| it.id != *id);
                self.notices.push(Notice {
                    id: id.clone(),
                    text: text.clone(),
                    until: *until,
                });
                true
            }
            Announcement::Order { order, until } => match order {
                RemoteOrder::Close => {
                    self.closed_until = Some(*until);
                    true
                }
                // However late it comes: it was said after what it takes back.
                RemoteOrder::Open => self.closed_until.take().is_some(),
                RemoteOrder::Restart | RemoteOrder::SelfTest => false,
            },
            Announcement::Request { .. }
            | Announcement::Catalog { .. }
            | Announcement::Claim { .. }
            | Announcement::Revoked { .. }
            | Announcement::Wedged { .. }
            | Announcement::Settled { .. }
            | Announcement::Released
            | Announcement::RefundSpent { .. } => false,
        }
    }

    /// The newest notices whose time is not over, in this language or the first.
    pub fn notices(&self, language: &str, now: Timestamp) -> Vec<&str> {
        let standing = self.notices.iter().rev().filter(|it| now < it.until);
        standing
            .filter_map(|it| {
                let words = it.text.get(language);
                words.or_else(|| it.text.get(FIRST_LANGUAGE))
            })
            .map(String::as_str)
            .take(NOTICES_MOST)
            .collect()
    }

    /// Whether the office wants nobody served here.
    pub fn is_closed(&self, now: Timestamp) -> bool {
        self.closed_until.is_some_and(|until| now < until)
    }

    /// When something of it is over by itself.
    pub fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        let ends = self.notices.iter().map(|it| it.until);
        ends.chain(self.closed_until)
            .filter(|until| now < *until)
            .min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    fn notice(id: &str, korean: &str, until: i64) -> Announcement {
        Announcement::Notice {
            id: id.to_owned(),
            text: [("ko", korean), ("en", "in English")]
                .map(|(language, words)| (language.to_owned(), words.to_owned()))
                .into(),
            until: at(until),
        }
    }

    fn order(order: RemoteOrder, until: i64) -> Announcement {
        let until = at(until);
        Announcement::Order { order, until }
    }

    fn told(announcements: &[Announcement]) -> Bulletin {
        let mut bulletin = Bulletin::default();
        for announcement in announcements {
            bulletin.take(announcement);
        }
        bulletin
    }

    #[test]
    fn the_newest_notice_stands_first_and_goes_when_its_time_is_over() {
        let bulletin = told(&[notice("a", "하나", 200), notice("b", "둘", 100)]);

        assert_eq!(bulletin.notices("ko", at(0)), ["둘", "하나"]);
        assert_eq!(bulletin.next_change(at(0)), Some(at(100)));
        assert_eq!(bulletin.notices("ko", at(100)), ["하나"]);
        assert_eq!(bulletin.next_change(at(100)), Some(at(200)));
        assert!(bulletin.notices("ko", at(200)).is_empty());
        assert_eq!(bulletin.next_change(at(200)), None);
    }

    #[test]
    fn a_language_without_words_reads_the_first_ones() {
        let bulletin = told(&[notice("a", "하나", 100)]);

        assert_eq!(bulletin.notices("en", at(0)), ["in English"]);
        assert_eq!(bulletin.notices("vi", at(0)), ["하나"]);
    }

    #[test]
    fn a_notice_replaces_its_former_self_and_one_that_is_over_withdraws_it() {
        let mut bulletin = told(&[notice("a", "하나", 100), notice("a", "다시", 100)]);
        assert_eq!(bulletin.notices("ko", at(0)), ["다시"]);

        assert!(bulletin.take(&notice("a", "다시", 0)));

        assert!(bulletin.notices("ko", at(0)).is_empty());
    }

    #[test]
    fn of_many_notices_the_newest_three_are_shown() {
        let many: Vec<_> = ["a", "b", "c", "d"].map(|id| notice(id, id, 9)).into();

        assert_eq!(told(&many).notices("ko", at(0)), ["d", "c", "b"]);
    }

    #[test]
    fn a_station_is_closed_until_it_is_opened_or_the_time_is_over() {
        let closed = told(&[order(RemoteOrder::Close, 100)]);
        assert!(closed.is_closed(at(99)) && !closed.is_closed(at(100)));
        assert_eq!(closed.next_change(at(0)), Some(at(100)));

        // The order to open is old when it comes.
        let opened = told(&[order(RemoteOrder::Close, 100), order(RemoteOrder::Open, 10)]);

        assert!(!opened.is_closed(at(50)));
    }

    #[test]
    fn a_restart_changes_nothing_of_what_stands() {
        let mut bulletin = told(&[order(RemoteOrder::Close, 100)]);

        assert!(!bulletin.take(&order(RemoteOrder::Restart, 100)));
        assert!(bulletin.is_closed(at(0)));
    }
}
