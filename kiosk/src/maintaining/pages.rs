//! Sets pages that are no certificates: test prints and reports.

use std::sync::Arc;

use certificate::{Page, Press};

use crate::maintenance::PageOrder;

/// The page as PDF, and how many sheets it is. Fonts take a second to load.
pub(super) fn set(order: &PageOrder) -> Option<(Arc<[u8]>, u32)> {
    let day = order.printed_on.local();
    let press = Press::with_debian_fonts();
    let press = press.inspect_err(|error| tracing::error!(%error, "No page can be set"));
    let page = Page {
        template: order.template,
        data: &order.data,
        title: order.title,
        printed_on: (day.year, day.month, day.day),
    };
    let pdf = press.ok()?.print_page(&page);
    let pdf = pdf.inspect_err(|error| tracing::error!(%error, "A page cannot be set"));
    let pdf = pdf.ok()?;
    Some((pdf.bytes.into(), pdf.pages))
}
