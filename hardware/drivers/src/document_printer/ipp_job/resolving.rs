//! What became of a job that was handed in before the station crashed.
//!
//! The printer's job list speaks first: a job that is in it is followed to its
//! end. Printers forget finished jobs, and a job may never have reached one: then
//! the count of pages for life decides, because nobody else prints here.

use super::{
    DeviceState, Duration, Evidence, Instant, IppJobs, JOB_TIMEOUT, JobId, LAST_WORD, PageCount,
    Past, PrinterAttributes, PrinterFault, Question,
};
use devices::document_printer::DocumentPrinterEvent;

/// A printer that has just taken in a document shows it in its list by then.
const SPOOLING: Duration = Duration::from_secs(5);

impl IppJobs {
    pub(super) fn resolve(&mut self, name: JobId, before: Option<PageCount>, now: Instant) {
        self.waiting
            .push_back(Question::FindJob { name: name.clone() });
        self.begin(name, now + JOB_TIMEOUT);
        if let Some(job) = &mut self.job {
            job.past = Some(Past {
                before,
                missing: false,
            });
        }
    }

    /// The list has no such job. With a count to compare the printer gets the
    /// time to finish what it may have; without one there is nothing to wait for.
    pub(super) fn past_job_is_missing(&mut self, now: Instant) {
        let Some(job) = &mut self.job else {
            return;
        };
        let Some(past) = &mut job.past else {
            return;
        };
        if past.before.is_none() {
            let fault = PrinterFault::Silent;
            self.finish(|job| DocumentPrinterEvent::Unknown { job, fault });
        } else if !std::mem::replace(&mut past.missing, true) {
            job.due = now + LAST_WORD.min(SPOOLING);
        }
    }

    /// Told while nothing is printed, and again after each job: whoever notes it down
    /// takes it for what there was before the next sheet.
    pub(super) fn count(&mut self, attributes: &PrinterAttributes) {
        self.impressions = attributes.impressions;
        let rests = self.job.is_none() && attributes.is_idle();
        if rests && self.told_impressions != self.impressions {
            self.told_impressions = self.impressions;
            self.told.extend(
                self.impressions
                    .map(|impressions| DocumentPrinterEvent::Counted { impressions }),
            );
        }
    }

    /// The count has grown by exactly the missing job: it was printed.
    pub(super) fn compare_counts(&mut self, attributes: &PrinterAttributes) {
        let Some((before, after)) = self.counts().filter(|_| attributes.is_idle()) else {
            return;
        };
        if after == before.impressions + u64::from(before.pages) && before.pages > 0 {
            let before = before.impressions;
            let evidence = Evidence::Impressions { before, after };
            self.finish(|job| DocumentPrinterEvent::Printed { job, evidence });
        }
    }

    /// The time of a missing job is up, not one side was printed since, and the
    /// printer has nothing to do.
    pub(super) fn nothing_was_printed(&self) -> bool {
        self.status.state != DeviceState::Busy
            && self
                .counts()
                .is_some_and(|(before, now)| before.impressions == now)
    }

    /// The counts before a missing job and now.
    fn counts(&self) -> Option<(PageCount, u64)> {
        let past = self.job.as_ref()?.past.as_ref().filter(|it| it.missing)?;
        Some((past.before?, self.impressions?))
    }
}
