//! pymodbus on the other end of the line: as the module that our driver asks, and as the one
//! who asks the bench's module.

use std::{
    io::{BufRead, BufReader, Lines, Write},
    path::PathBuf,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use bench::{io_module::IoModule, pty::Plug};
use devices::{
    DeviceState,
    auxiliaries::{AuxiliariesEvent, AuxiliariesFault, AuxiliariesOrder, Sensors},
    lights::{FlashRate, Light, Lights},
};
use drivers::{
    auxiliaries::modbus::{ModbusModule, ModbusSettings},
    port::{SerialSettings, start},
};
use tokio::{sync::mpsc::unbounded_channel, time::timeout};

use crate::{faulted, status};

const PATIENCE: Duration = Duration::from_secs(60);

fn python(script: &str) -> Command {
    let crate_folder = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    let mut command = Command::new(format!("{crate_folder}../../.venv/bin/python"));
    command.arg(format!("{crate_folder}tests/auxiliaries/{script}"));
    command
}

/// pymodbus as a module, unit 7.
struct Module {
    child: Child,
    orders: ChildStdin,
    said: Lines<BufReader<ChildStdout>>,
}

impl Module {
    fn start() -> (Self, PathBuf) {
        let mut child = python("module.py")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("pymodbus is in .venv: `make setup`");
        let orders = child.stdin.take().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut module = Self {
            child,
            orders,
            said,
        };
        let path = module.next().into();
        (module, path)
    }

    fn next(&mut self) -> String {
        self.said.next().expect("pymodbus has ended").unwrap()
    }

    /// Does something to it; what it says of its coils meanwhile is passed over.
    fn order(&mut self, order: &str) {
        writeln!(self.orders, "{order}").unwrap();
        while self.next() != "done" {}
    }

    /// Waits until it was told so of its coils.
    fn until(&mut self, coils: &str) {
        while self.next() != format!("coils {coils}") {}
    }
}

impl Drop for Module {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_module_shines_and_is_seen_and_its_refusals_are_named() {
    let (mut module, path) = Module::start();
    let settings = ModbusSettings {
        unit: 7,
        ..ModbusSettings::default()
    };
    let driver = ModbusModule::new(settings, Instant::now());
    let (tell, mut told) = unbounded_channel();
    let line = SerialSettings { path, baud: 19_200 };
    let orders = start(driver, line, move |event| {
        let _ = tell.send(event);
    });
    // Whether it begins well: pymodbus opens its end a moment later.
    let mut until = async |wanted: AuxiliariesEvent| {
        let heard = async { while told.recv().await.unwrap() != wanted {} };
        timeout(PATIENCE, heard)
            .await
            .unwrap_or_else(|_| panic!("{wanted:?} is not told"));
    };
    let shut = Sensors::default();
    until(AuxiliariesEvent::Sensed(shut)).await;

    let lights = Lights::default()
        .with(Light::CardReader, FlashRate::Continuous)
        .with(Light::Scanner, FlashRate::Quick);
    orders.send(AuxiliariesOrder::Shine(lights)).unwrap();
    for coils in ["10010", "10000", "10010"] {
        module.until(coils);
    }

    module.order("input 0 0");
    let open = Sensors {
        cabinet_open: true,
        ..shut
    };
    until(AuxiliariesEvent::Sensed(open)).await;
    module.order("input 0 1");
    module.order("input 4 1");
    let headset = Sensors {
        headset: true,
        ..shut
    };
    until(AuxiliariesEvent::Sensed(headset)).await;

    module.order("refuse 4");
    until(faulted(AuxiliariesFault::Refused(4))).await;
    module.order("refuse 0");
    until(status(DeviceState::Ready, None)).await;
}

#[test]
fn a_foreign_program_understands_the_benchs_module() {
    let plug = Plug::host(IoModule::default()).unwrap();
    plug.with(|module| module.plug_headset(true));

    let output = python("asking.py").arg(plug.path()).output().unwrap();

    let said = String::from_utf8_lossy(&output.stdout);
    let trouble = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{trouble}");
    assert_eq!(
        said.lines().collect::<Vec<_>>(),
        [
            "inputs 11001",
            "coils 00000",
            "set",
            "coils 10110",
            "exception 2",
            "exception 1",
            "nobody",
        ]
    );
    assert!(plug.with(|module| module.lamp(0) && !module.lamp(1) && module.lamp(2)));
}
