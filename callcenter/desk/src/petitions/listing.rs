//! The list: a page of it, and which one is chosen.

use std::time::Instant;

use request::RequestId;

use super::{
    ASK_EVERY, Page, Petition, Petitions, PetitionsCommand, PetitionsFault, PetitionsNotice,
    Standing,
};

/// Rows of a page; what fits a morning's look.
pub(crate) const PAGE: usize = 50;

/// A page of the list, and how the agent came there.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// Where this page and those before it begin; the first begins at none.
    begins: Vec<String>,
    pub(super) page: Option<Page>,
    /// How many pages stand before the one that is shown: another one may be on its way.
    shown: usize,
    pub(super) selected: usize,
}

impl Listing {
    pub(super) fn rows(&self) -> &[Petition] {
        self.page.as_ref().map_or(&[], |it| &it.petitions)
    }

    pub(super) fn chosen(&self) -> Option<&Petition> {
        self.rows().get(self.selected)
    }

    /// Where the page begins that is before the agent.
    pub(super) fn begin(&self) -> Option<&String> {
        self.begins.last()
    }

    /// How many stand on the pages before.
    pub(super) fn before(&self) -> usize {
        self.shown * PAGE
    }

    /// Another page was asked for and has not come.
    fn is_turning(&self) -> bool {
        self.shown != self.begins.len()
    }

    fn last(&self) -> usize {
        self.rows().len().saturating_sub(1)
    }

    pub(super) fn select(&mut self, row: usize) {
        self.selected = row.min(self.last());
    }

    /// Before the page is told anew.
    pub(super) fn is_answered(&mut self, request: &RequestId) {
        let rows = self.page.iter_mut().flat_map(|it| &mut it.petitions);
        for row in rows.filter(|it| it.request == *request) {
            row.standing = Standing::Replied;
        }
    }

    /// Whoever was chosen stays it, wherever it stands now.
    fn take_over(&mut self, page: Page) {
        let chosen = self.chosen().map(|it| it.request.clone());
        let place = chosen.and_then(|chosen| {
            let mut rows = page.petitions.iter();
            rows.position(|it| it.request == chosen)
        });
        self.page = Some(page);
        self.shown = self.begins.len();
        self.select(place.unwrap_or(self.selected));
    }
}

impl Petitions {
    pub(super) fn told(&mut self, begin: Option<&String>, told: Result<Page, PetitionsFault>) {
        match told {
            // The agent has turned the page meanwhile.
            Ok(_) if begin != self.listing.begin() => {}
            // What stood on it has been answered: the page before is the last one now.
            Ok(page) if page.petitions.is_empty() && begin.is_some() => {
                self.listing.begins.pop();
                self.ask_again();
            }
            Ok(page) => {
                self.listing.take_over(page);
                if self.notice == Some(PetitionsNotice::Fault(PetitionsFault::Unreachable)) {
                    self.notice = None;
                }
            }
            Err(fault) => self.notice = Some(PetitionsNotice::Fault(fault)),
        }
    }

    pub(super) fn turn_on(&mut self, now: Instant) {
        // What is shown says only where the page after itself begins.
        let shown = self
            .listing
            .page
            .as_ref()
            .filter(|_| !self.listing.is_turning());
        let next = shown.and_then(|it| it.next.clone());
        if let Some(next) = next {
            self.listing.begins.push(next);
            self.listing.selected = 0;
            self.ask(now);
        }
    }

    pub(super) fn turn_back(&mut self, now: Instant) {
        if self.listing.begins.pop().is_some() {
            self.listing.selected = 0;
            self.ask(now);
        }
    }

    pub(super) fn ask(&mut self, now: Instant) {
        let may_ask = self.may_ask && self.agent.is_some();
        self.ask_at = may_ask.then(|| now + ASK_EVERY);
        if may_ask {
            self.ask_again();
        }
    }

    pub(super) fn ask_again(&mut self) {
        let begin = self.listing.begin().cloned();
        self.commands.push_back(PetitionsCommand::Ask(begin));
    }
}
