//! Whether this kiosk could serve: its settings are read, its catalogue, its fonts, and a paper is
//! set that nobody gets. Asked after a new image has started, beside the kiosk itself.

use certificate::{Page, Press};
use serde_json::json;

use crate::{Settings, content::Content};

/// What a kiosk needs that is not there.
#[derive(Debug, thiserror::Error)]
pub enum DryRunFault {
    #[error("the catalogue cannot be read: {0}")]
    Content(String),
    #[error("the catalogue has no service")]
    NoService,
    #[error("there are no fonts for papers")]
    Fonts,
    #[error("no paper can be set")]
    Paper,
}

/// Sets a page with the name of every service, which needs catalogue, fonts and the press.
///
/// # Errors
/// What is missing.
pub fn dry_run(settings: &Settings) -> Result<(), DryRunFault> {
    let content = Content::read_or_say(&settings.catalog).map_err(DryRunFault::Content)?;
    let names: Vec<&str> = content
        .catalog
        .services()
        .map(|it| it.title.ko.as_str())
        .collect();
    if names.is_empty() {
        return Err(DryRunFault::NoService);
    }
    let press = Press::with_debian_fonts().map_err(|_| DryRunFault::Fonts)?;
    let page = Page {
        template: TEMPLATE,
        data: &json!({ "names": names }),
        title: "시험",
        printed_on: (2026, 1, 1),
    };
    let paper = press.print_page(&page).map_err(|_| DryRunFault::Paper)?;
    if paper.pages == 0 {
        return Err(DryRunFault::Paper);
    }
    Ok(())
}

const TEMPLATE: &str = include_str!("dry_run.typ");
