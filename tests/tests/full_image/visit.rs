//! A citizen at the machine that was brought into service.

use std::fs;

use tests::{office::TUESDAY_10_00, stand::Stand};
use verify::{Trust, Verdict, examine};

use crate::{place::Place, visits::Visits};

impl Place {
    /// Walks away with a certificate that is genuine, and a receipt.
    pub(crate) fn serve_one_citizen(&mut self) {
        let mut window = Stand::open(TUESDAY_10_00);
        let (machine, bench) = self.machine_and_bench();
        let mut visits = Visits {
            machine,
            bench,
            window: &mut window,
        };
        visits.agree("the first screen");
        visits.walk_to_farewell();
        visits.agree("a farewell");
        let sheets = self.bench.document_printer.printed().unwrap();
        let [(_, certificate)] = sheets.as_slice() else {
            panic!("one certificate, and not {}", sheets.len());
        };
        fs::write(self.kept("certificate.pdf"), certificate).unwrap();
        let trust = Trust::read(&self.office.trust()).unwrap();
        let verdict = examine(certificate, &trust);
        assert!(matches!(verdict, Verdict::Genuine { .. }));
        let receipts = self.bench.receipt_printer.with(|it| it.papers().len());
        assert_eq!(receipts, 2, "the commissioning sheet and a receipt");
        println!("one certificate was issued, and is genuine");
    }
}
