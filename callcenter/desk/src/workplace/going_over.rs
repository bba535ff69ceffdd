//! Another edition of the catalogue, from one caller to the next.

use std::sync::Arc;

use super::{Moment, Workplace};
use crate::content::Content;

impl Workplace {
    /// Whether nobody is served by the present edition: no form is open, and nobody at
    /// a kiosk is helped or identified.
    pub(crate) fn may_go_over(&self) -> bool {
        let occupied =
            self.preparation.is_open() || self.helping.is_helping() || self.checks.is_held();
        !occupied
    }

    /// Another edition counts from now on.
    pub(crate) fn go_over(&mut self, content: Content, now: Moment) {
        let Content { catalog, locator } = content;
        self.preparation.go_over(Arc::clone(&catalog));
        self.preparation.locate_in(locator);
        self.helping.go_over(Arc::clone(&catalog));
        self.checks.go_over(Arc::clone(&catalog));
        self.petitions.go_over(Arc::clone(&catalog));
        self.catalog = catalog;
        self.show(now);
    }
}
