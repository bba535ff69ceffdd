//! What is certain about a job, answer by answer.

#![allow(clippy::unwrap_used)]

use super::*;

struct Table {
    jobs: IppJobs,
    now: Instant,
}

fn well() -> Answer {
    Answer::Printer(PrinterAttributes {
        state: 3,
        reasons: vec!["none".to_owned()],
        impressions: None,
    })
}

fn job() -> JobId {
    JobId::new("2611-ABCD")
}

impl Table {
    fn ready() -> Self {
        let now = Instant::now();
        let mut table = Self {
            jobs: IppJobs::new(now),
            now,
        };
        table.jobs.handle_timeout(now);
        table.answered(well());
        table
    }

    fn answered(&mut self, answer: Answer) -> Vec<DocumentPrinterEvent> {
        assert!(
            self.jobs.asked || self.jobs.poll_question().is_some(),
            "nothing was asked"
        );
        self.jobs.answer(answer, self.now);
        self.told()
    }

    fn told(&mut self) -> Vec<DocumentPrinterEvent> {
        std::iter::from_fn(|| self.jobs.poll_told())
            .filter(|event| !matches!(event, DocumentPrinterEvent::Status(_)))
            .collect()
    }

    fn print(&mut self) -> Vec<DocumentPrinterEvent> {
        let document = Arc::from(&b"%PDF"[..]);
        let order = DocumentPrinterOrder::Print {
            job: job(),
            document,
            pages: 1,
        };
        self.jobs.order(order, self.now);
        self.told()
    }

    fn later(&mut self, wait: Duration) {
        self.now += wait;
        self.jobs.handle_timeout(self.now);
    }
}

#[test]
fn a_job_the_printer_completed_is_printed() {
    let mut table = Table::ready();
    table.print();

    assert_eq!(
        table.answered(Answer::Submitted { id: 7 }),
        [DocumentPrinterEvent::Accepted { job: job() }]
    );
    table.later(POLL_BUSY);
    let told = table.answered(Answer::Job {
        id: 7,
        state: COMPLETED,
        sheets: 1,
    });

    let evidence = Evidence::IppCompleted {
        job_id: 7,
        sheets: 1,
    };
    assert_eq!(
        told,
        [DocumentPrinterEvent::Printed {
            job: job(),
            evidence
        }]
    );
}

#[test]
fn the_count_of_pages_is_told_between_jobs_and_anew_after_each() {
    let counted = |state, impressions| {
        Answer::Printer(PrinterAttributes {
            state,
            reasons: vec!["none".to_owned()],
            impressions: Some(impressions),
        })
    };
    let told = |impressions| [DocumentPrinterEvent::Counted { impressions }];
    let mut table = Table::ready();
    table.later(POLL_IDLE);
    assert_eq!(table.answered(counted(3, 40)), told(40));

    table.print();
    table.answered(Answer::Submitted { id: 7 });
    table.later(POLL_BUSY);
    table.answered(Answer::Job {
        id: 7,
        state: 5,
        sheets: 0,
    });
    // Idle and with the old count, although the job is in its list.
    assert_eq!(table.answered(counted(3, 40)), []);
    table.later(POLL_IDLE);
    table.answered(Answer::Job {
        id: 7,
        state: ABORTED,
        sheets: 0,
    });
    assert!(matches!(
        table.answered(counted(3, 40))[..],
        [DocumentPrinterEvent::NotPrinted { .. }]
    ));

    table.later(POLL_IDLE);
    assert_eq!(table.answered(counted(3, 40)), told(40));
    table.later(POLL_IDLE);
    assert_eq!(table.answered(counted(4, 41)), [], "something is printed");
    table.later(POLL_IDLE);
    assert_eq!(table.answered(counted(3, 41)), told(41));
}

#[test]
fn a_lost_answer_is_settled_by_the_printers_own_list_and_never_by_sending_again() {
    let settled = [
        (Answer::NoJob, true),
        (
            Answer::Job {
                id: 7,
                state: COMPLETED,
                sheets: 1,
            },
            false,
        ),
    ];
    for (answer, never_arrived) in settled {
        let mut table = Table::ready();
        table.print();
        table.answered(Answer::Unreachable);
        table.later(POLL_IDLE);

        assert!(matches!(
            table.jobs.poll_question(),
            Some(Question::FindJob { .. })
        ));
        let told = table.answered(answer);

        let not_printed = matches!(told[..], [DocumentPrinterEvent::NotPrinted { .. }]);
        assert_eq!(not_printed, never_arrived, "{told:?}");
    }
}

#[test]
fn a_printer_that_never_answers_again_leaves_it_unknown() {
    let mut table = Table::ready();
    table.print();
    table.answered(Answer::Unreachable);

    table.later(LAST_WORD);

    assert!(matches!(
        table.told()[..],
        [DocumentPrinterEvent::Unknown { .. }]
    ));
}

#[test]
fn a_job_that_waits_too_long_is_called_back_and_ends_without_paper() {
    let mut table = Table::ready();
    table.print();
    table.answered(Answer::Submitted { id: 7 });
    table.later(JOB_TIMEOUT);
    assert!(matches!(
        table.jobs.poll_question(),
        Some(Question::CancelJob { id: 7 })
    ));
    table.answered(Answer::Canceled);

    table.later(POLL_BUSY);
    table.answered(Answer::Job {
        id: 7,
        state: CANCELED,
        sheets: 0,
    });
    let told = table.answered(well());

    assert!(
        matches!(told[..], [DocumentPrinterEvent::NotPrinted { .. }]),
        "{told:?}"
    );
}

#[test]
fn an_aborted_job_with_a_sheet_out_is_unknown() {
    let mut table = Table::ready();
    table.print();
    table.answered(Answer::Submitted { id: 7 });
    table.later(POLL_BUSY);

    table.answered(Answer::Job {
        id: 7,
        state: ABORTED,
        sheets: 1,
    });
    let told = table.answered(well());

    assert!(
        matches!(told[..], [DocumentPrinterEvent::Unknown { .. }]),
        "{told:?}"
    );
}

#[test]
fn a_jam_that_shows_after_the_job_was_aborted_is_still_why() {
    let mut table = Table::ready();
    table.print();
    table.answered(Answer::Submitted { id: 7 });
    table.later(POLL_BUSY);

    let job_told = table.answered(Answer::Job {
        id: 7,
        state: ABORTED,
        sheets: 0,
    });
    let reasons = vec!["media-jam-error".to_owned()];
    let told = table.answered(Answer::Printer(PrinterAttributes {
        state: 5,
        reasons,
        impressions: None,
    }));

    assert_eq!(job_told, []);
    let fault = PrinterFault::PaperJam;
    assert_eq!(
        told,
        [DocumentPrinterEvent::NotPrinted { job: job(), fault }]
    );
}

#[test]
fn nothing_is_sent_to_a_printer_that_has_no_paper() {
    let mut table = Table::ready();
    table.later(POLL_IDLE);
    let reasons = vec!["media-empty-report".to_owned()];
    table.answered(Answer::Printer(PrinterAttributes {
        state: 3,
        reasons,
        impressions: None,
    }));

    let fault = PrinterFault::PaperOut;
    assert_eq!(
        table.print(),
        [DocumentPrinterEvent::NotPrinted { job: job(), fault }]
    );
    assert!(table.jobs.poll_question().is_none());
}

fn counting(state: i32, impressions: u64) -> Answer {
    Answer::Printer(PrinterAttributes {
        state,
        reasons: vec!["none".to_owned()],
        impressions: Some(impressions),
    })
}

impl Table {
    /// Asks after a crash; the list is asked for the job.
    fn resolve(&mut self, before: Option<u64>) {
        let before = before.map(|impressions| PageCount {
            impressions,
            pages: 2,
        });
        self.jobs.order(
            DocumentPrinterOrder::Resolve { job: job(), before },
            self.now,
        );
        assert!(matches!(
            self.jobs.poll_question(),
            Some(Question::FindJob { .. })
        ));
    }
}

/// The rows of the evidence table that concern a print intent.
#[test]
fn after_a_crash_the_list_speaks_first_then_the_count_and_else_nobody_knows() {
    struct Row {
        before: Option<u64>,
        list: Answer,
        /// What the printer counts afterwards, and in which state.
        then: Option<(i32, u64)>,
        told: &'static str,
    }
    let done = |state, sheets| Answer::Job {
        id: 7,
        state,
        sheets,
    };
    let row = |before, list, then, told| Row {
        before,
        list,
        then,
        told,
    };
    let rows = [
        row(None, done(COMPLETED, 2), None, "printed"),
        row(None, done(CANCELED, 0), Some((3, 40)), "not printed"),
        row(None, done(ABORTED, 1), Some((3, 41)), "unknown"),
        row(None, Answer::NoJob, None, "unknown"),
        row(Some(40), Answer::NoJob, Some((3, 42)), "printed"),
        row(Some(40), Answer::NoJob, Some((3, 40)), "not printed"),
        // One of two pages, or somebody else's.
        row(Some(40), Answer::NoJob, Some((3, 41)), "unknown"),
        row(Some(40), Answer::NoJob, Some((3, 47)), "unknown"),
        // Set back by a service: it proves nothing.
        row(Some(40), Answer::NoJob, Some((3, 0)), "unknown"),
        // It still prints when the time is up, and counts a page when it is out.
        row(Some(40), Answer::NoJob, Some((4, 41)), "unknown"),
    ];
    for (number, row) in rows.into_iter().enumerate() {
        let mut table = Table::ready();
        table.resolve(row.before);
        let mut told = table.answered(row.list);
        if let Some((state, impressions)) = row.then {
            table.later(POLL_IDLE);
            if table.jobs.asked || table.jobs.poll_question().is_some() {
                if matches!(table.jobs.job, Some(Job { id: None, .. })) && row.before.is_some() {
                    told.extend(table.answered(Answer::NoJob));
                }
                told.extend(table.answered(counting(state, impressions)));
            }
            table.later(LAST_WORD);
            told.extend(table.told());
        }
        let told: Vec<_> = told
            .iter()
            .filter_map(|event| match event {
                DocumentPrinterEvent::Printed { .. } => Some("printed"),
                DocumentPrinterEvent::NotPrinted { .. } => Some("not printed"),
                DocumentPrinterEvent::Unknown { .. } => Some("unknown"),
                DocumentPrinterEvent::Accepted { .. }
                | DocumentPrinterEvent::Printing { .. }
                | DocumentPrinterEvent::Status(_)
                | DocumentPrinterEvent::Counted { .. } => None,
            })
            .collect();
        assert_eq!(told, [row.told], "row {number}");
    }
}

#[test]
fn a_printer_that_stays_away_after_a_crash_leaves_it_unknown() {
    let mut table = Table::ready();
    table.resolve(Some(40));

    table.answered(Answer::Unreachable);
    table.later(LAST_WORD);

    assert!(matches!(
        table.told()[..],
        [DocumentPrinterEvent::Unknown { .. }]
    ));
}
