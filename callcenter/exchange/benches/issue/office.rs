//! The exchange as it runs in service, and the networks beside it.

use std::{
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use identity::Party;
use request::StationId;

use crate::{Failure, NOW};

const STARTS_WITHIN: Duration = Duration::from_secs(30);
const MOMENT: Duration = Duration::from_millis(20);
pub(crate) const STATION: &str = "gaon-1";

pub(crate) struct Office {
    exchange: Child,
    pub(crate) url: String,
    pub(crate) networks: sandbox::Running,
    pub(crate) folder: tempfile::TempDir,
}

impl Office {
    pub(crate) async fn open(catalog: &Path) -> Result<Self, Failure> {
        let folder = tempfile::tempdir()?;
        let at = |name: &str| folder.path().join(name);
        let (data, roster, address) = (at("data"), at("stations.toml"), at("address"));
        fs::create_dir_all(&data)?;
        let party = Party::Station(StationId::new(STATION));
        let day = Duration::from_hours(24);
        exchange::enroll(&data, &roster, &party, &at(STATION), NOW, day)?;
        let networks = sandbox::start("127.0.0.1:0".parse()?, None).await?;
        let exchange = Command::new(env!("CARGO_BIN_EXE_minwon-exchange"))
            .arg("--catalog")
            .arg(catalog)
            .arg("--data")
            .arg(&data)
            .arg("--stations")
            .arg(&roster)
            .arg("--address-file")
            .arg(&address)
            .args(["--networks", &networks.url()])
            .args(["--listen", "127.0.0.1:0", "--public", "127.0.0.1:0"])
            .args(["--clock", &NOW.as_millis().to_string()])
            .env("RUST_LOG", "error")
            .stdout(Stdio::null())
            .spawn()?;
        let mut office = Self {
            exchange,
            url: String::new(),
            networks,
            folder,
        };
        let start = Instant::now();
        while office.url.is_empty() {
            if start.elapsed() > STARTS_WITHIN {
                return Err("the exchange does not start".into());
            }
            tokio::time::sleep(MOMENT).await;
            office.url = fs::read_to_string(&address).unwrap_or_default();
        }
        Ok(office)
    }

    /// Of the exchange alone (proc(5): user and system time in hundredths of a second).
    pub(crate) fn processor_seconds(&self) -> Result<f64, Failure> {
        processor_seconds(&self.exchange.id().to_string())
    }

    pub(crate) fn resident_megabytes(&self) -> Result<f64, Failure> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.exchange.id()))?;
        let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"));
        let kilobytes = line
            .ok_or("no resident memory")?
            .trim()
            .trim_end_matches(" kB");
        Ok(kilobytes.trim().parse::<f64>()? / 1024.0)
    }
}

/// Of a process by its number, or of `self`.
pub(crate) fn processor_seconds(process: &str) -> Result<f64, Failure> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    let behind_name = stat.rsplit_once(')').ok_or("no process name")?.1;
    let fields: Vec<&str> = behind_name.split_whitespace().collect();
    Ok((fields[11].parse::<f64>()? + fields[12].parse::<f64>()?) / 100.0)
}

impl Drop for Office {
    fn drop(&mut self) {
        let _ = self.exchange.kill();
        let _ = self.exchange.wait();
    }
}
