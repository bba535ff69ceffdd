//! Which release this machine goes over to next: one on a technician's stick, or one that the
//! exchange wants here.

use std::fs;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use fleet::{
    Release, Wanted,
    signed::{self, Signer},
};
use request::Timestamp;

use crate::{
    book::Shelf,
    fetching,
    image::Image,
    line::Line,
    places::Places,
    releases,
    service::now,
    shown::show,
    updates::{Event, Here, Refused, Updates, accepts},
};

/// Where a release is looked for, and what is known there.
pub(crate) struct Found<'a> {
    pub(crate) places: &'a Places,
    pub(crate) image: &'a Image,
    pub(crate) shelf: &'a Shelf,
}

pub(crate) struct Releases {
    signer: Signer,
    /// What the exchange's last answer named.
    wanted: Option<(Release, Wanted)>,
    /// What was said of releases, so that it is said once.
    said: Vec<String>,
}

impl Releases {
    pub(crate) fn new(signer: Signer) -> Self {
        Self {
            signer,
            wanted: None,
            said: Vec::new(),
        }
    }

    /// The exchange names a release, or none any more.
    pub(crate) fn want(&mut self, wanted: Option<Wanted>, updates: &mut Updates) {
        let before = self.wanted.take();
        self.wanted = wanted.and_then(|it| {
            let bytes = URL_SAFE_NO_PAD.decode(&it.release).unwrap_or_default();
            match signed::open::<Release>(&bytes, &self.signer) {
                Ok(release) => Some((release, it)),
                Err(why) => {
                    self.say("?", &format!("the exchange's release: {why}"));
                    None
                }
            }
        });
        let now_wanted = self.wanted.as_ref().map(|(it, _)| &it.version);
        if let Some((before, _)) = before.filter(|(it, _)| now_wanted != Some(&it.version)) {
            updates.handle(Event::Withdrawn(before.version), now());
        }
    }

    /// The newest release on the stick, or the next piece of the exchange's.
    pub(crate) async fn look(
        &mut self,
        here: &Found<'_>,
        line: Option<&Line>,
        updates: &mut Updates,
    ) -> anyhow::Result<()> {
        let found = releases::in_folder(&here.places.stick(), &self.signer)?;
        if let Some(release) = found.last() {
            if self.is_accepted(release, here, false)? {
                let (from, into) = (here.places.stick(), here.places.ready());
                match releases::take(release, &from, &into) {
                    Ok(()) => ready(release, Timestamp::default(), updates),
                    Err(error) => self.say(&release.version.to_string(), &error.to_string()),
                }
            }
            return Ok(());
        }
        let (Some(line), Some((release, wanted))) = (line, self.wanted.clone()) else {
            return Ok(());
        };
        if !self.is_accepted(&release, here, wanted.again)? {
            return Ok(());
        }
        let version = release.version.to_string();
        let fetched = here.places.fetched();
        let into = fetched.join(&version);
        // What was begun of another version is over.
        for other in fs::read_dir(&fetched).into_iter().flatten().flatten() {
            if other.file_name() != version.as_str() {
                fs::remove_dir_all(other.path())?;
            }
        }
        match fetching::fetch(&line.wire, &release, &into).await {
            Ok(false) => {}
            Ok(true) => match releases::put(&release, &into, &here.places.ready()) {
                Ok(()) => {
                    tracing::info!(%version, "A release has come whole over the line");
                    fs::remove_dir_all(&fetched)?;
                    ready(&release, wanted.not_before, updates);
                }
                Err(error) => self.say(&version, &error.to_string()),
            },
            Err(error) => self.say(&version, &error.to_string()),
        }
        Ok(())
    }

    fn is_accepted(
        &mut self,
        release: &Release,
        found: &Found<'_>,
        again: bool,
    ) -> anyhow::Result<bool> {
        let here = Here {
            model: &found.image.model,
            running: &found.image.version,
            book: &found.shelf.book,
            again,
        };
        let Err(why) = accepts(release, &here) else {
            return Ok(true);
        };
        let version = release.version.to_string();
        self.say(&version, &why.to_string());
        if !matches!(why, Refused::NotNewer(_)) {
            let message = format!("{version}: {why}");
            show(found.places, found.image, found.shelf, &message)?;
        }
        Ok(false)
    }

    fn say(&mut self, version: &str, why: &str) {
        let words = format!("{version}: {why}");
        if !self.said.contains(&words) {
            tracing::warn!(%version, why, "A release is refused");
            self.said.push(words);
        }
    }
}

fn ready(release: &Release, not_before: Timestamp, updates: &mut Updates) {
    let version = release.version.clone();
    updates.handle(
        Event::Ready {
            version,
            not_before,
        },
        now(),
    );
}
