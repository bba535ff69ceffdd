//! The technician's stick, when there is one.

use std::fs;

use fleet::site::Site;

use super::{Shell, now};
use crate::{
    machine::Event,
    view::{SiteProblem, View},
};

impl Shell {
    /// The package is kept here before the machine is told of it.
    pub(super) fn look_at_stick(&self) -> Option<Event> {
        let View::Site(shown) = self.machine.view() else {
            return None;
        };
        let problem = match fs::read(self.places.stick()) {
            Ok(bytes) => match Site::open(&bytes, &self.site_signer, &self.image.model, now()) {
                Ok(site) => {
                    return Some(match durable::replace_secret(&self.places.site(), &bytes) {
                        Ok(()) => Event::Site(Ok(Box::new(site))),
                        Err(_) => Event::DiskFails,
                    });
                }
                Err(refused) => refused.into(),
            },
            Err(_)
                if self
                    .places
                    .run
                    .join("stick")
                    .read_dir()
                    .is_ok_and(|mut it| it.next().is_some()) =>
            {
                SiteProblem::NoPackage
            }
            // No stick is there yet, or it was pulled out: nothing was wrong with it.
            Err(_) => return None,
        };
        (shown != Some(problem)).then_some(Event::Site(Err(problem)))
    }
}
