//! The key is certified: over the network, or by paper.

use provision_ui::{ByPaperPort, EnrolmentPort, EnrolmentTold, ProvisionWindow};
use slint::ComponentHandle;

use super::entry;
use crate::view::{Enrolment, EnrolmentProblem, Touch};

pub(super) fn connect(window: &ProvisionWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<EnrolmentPort>();
    let (again, paper, back) = (touch.clone(), touch.clone(), touch.clone());
    port.on_again(move || again(Touch::Again));
    port.on_by_paper(move || paper(Touch::ByPaper));
    port.on_back(move || back(Touch::Back));
    let port = window.global::<ByPaperPort>();
    let print = touch.clone();
    port.on_print(move || print(Touch::ByPaper));
    port.on_by_network(move || touch(Touch::Again));
}

pub(super) fn show(window: &ProvisionWindow, enrolment: &Enrolment) {
    let port = window.global::<EnrolmentPort>();
    match enrolment {
        Enrolment::Asking => port.set_told(EnrolmentTold::Asking),
        Enrolment::Failed(problem) => {
            let (told, seconds) = told(*problem);
            port.set_seconds(entry::count(seconds));
            port.set_told(told);
        }
        Enrolment::ByPaper { printed, problem } => {
            let port = window.global::<ByPaperPort>();
            port.set_printed(*printed);
            port.set_problem(*problem);
        }
    }
}

fn told(problem: EnrolmentProblem) -> (EnrolmentTold, u64) {
    match problem {
        EnrolmentProblem::Unreachable => (EnrolmentTold::Unreachable, 0),
        EnrolmentProblem::NotTrusted => (EnrolmentTold::NotTrusted, 0),
        EnrolmentProblem::Refused => (EnrolmentTold::Refused, 0),
        EnrolmentProblem::UsedUp => (EnrolmentTold::UsedUp, 0),
        EnrolmentProblem::Wait { seconds } => (EnrolmentTold::Wait, seconds),
        EnrolmentProblem::Malformed => (EnrolmentTold::Malformed, 0),
    }
}
