//! Clinics that share one API and know nothing of each other: each caller is of a tenant, and so is each appointment.
//!
//! It is served by nobody. Its test is the one line that attacks every route, and what it promises is what the shop does not
//! have: tenants, and a role that reads what is not its own within its tenant alone.

use std::{collections::BTreeMap, error::Error, sync::Mutex};

use secure_api::prelude::*;

#[derive(Role)]
enum Role {
    Patient,
    #[role(includes(Patient))]
    Doctor,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Value, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[value(key)]
struct AppointmentId(Uuid);

/// An appointment, as its patient and as a doctor see it.
#[derive(Resource, Clone)]
#[view(AppointmentView, role = Role::Patient, fields(id, reason, urgency))]
#[view(AppointmentDesk, role = Role::Doctor, extends = AppointmentView, fields(patient))]
struct Appointment {
    id: AppointmentId,
    clinic: String,
    patient: CallerId,
    reason: String,
    urgency: u8,
}

#[derive(Input)]
struct NewAppointment {
    #[input(min_len = 3, max_len = 80)]
    reason: String,
    #[input(range = 1..=5)]
    urgency: u8,
    #[input(items = 0..=3, each(max_len = 40))]
    symptoms: Vec<String>,
}

/// The appointments of all clinics.
#[derive(Default)]
struct Book(Mutex<BTreeMap<AppointmentId, Appointment>>);

impl Store for Book {
    type Read = Self;
    type Write = Self;

    fn reader(&self) -> &Self {
        self
    }

    fn writer(&self, _: &Writing) -> &Self {
        self
    }
}

impl Book {
    fn with<T>(
        &self,
        work: impl FnOnce(&mut BTreeMap<AppointmentId, Appointment>) -> T,
    ) -> Result<T, StoreError> {
        let mut book = self.0.lock().map_err(|_| "a thread panicked while it wrote")?;
        Ok(work(&mut book))
    }
}

/// Patients see theirs, doctors those of their clinic.
#[object(owner = patient, tenant = clinic, read = Role::Doctor)]
impl Object for Appointment {
    async fn load(
        book: &Reader<Book>,
        id: AppointmentId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        book.with(|book| book.get(&id).cloned())
    }

    fn scope(caller: &Caller<Role>) -> Listed {
        let patient = (!caller.has(Role::Doctor)).then(|| caller.id().clone());
        Listed { clinic: caller.tenant().map(str::to_owned), patient }
    }
}

/// The appointments that a caller may list.
struct Listed {
    clinic: Option<String>,
    patient: Option<CallerId>,
}

/// Makes an appointment.
#[post("/appointments", version = Version::V1.., role = Role::Patient, view = AppointmentView,
       limit = Limit::per_principal(10).per_minute(), idempotency_key)]
async fn make_appointment(
    book: Writer<Book>,
    caller: Caller<Role>,
    Json(new): Json<NewAppointment>,
) -> Result<Created<Authorized<Appointment>>, ClinicError> {
    let id = AppointmentId::new(Uuid::now_v7());
    let reason = match new.symptoms.is_empty() {
        true => new.reason,
        false => format!("{}: {}", new.reason, new.symptoms.join(", ")),
    };
    let clinic = caller.tenant().unwrap_or_default().to_owned();
    let patient = caller.id().clone();
    let appointment = Appointment { id, clinic, patient, reason, urgency: new.urgency };
    let appointment = Authorized::create(appointment, &caller)?;
    book.with(|book| book.insert(id, (*appointment).clone()))?;
    Ok(Created::at::<get_appointment>(id, appointment))
}

/// Lists appointments: a patient's own, all of the clinic for a doctor.
#[get("/appointments", version = Version::V1.., role = Role::Patient, view = AppointmentView)]
async fn list_appointments(
    paging: Paging<AppointmentId>,
    appointments: Scoped<Appointment>,
    book: Reader<Book>,
) -> Result<Page<Authorized<Appointment>>, StoreError> {
    let Listed { clinic, patient } = appointments.scope();
    let shown = |one: &&Appointment| {
        clinic.as_ref() == Some(&one.clinic)
            && patient.as_ref().is_none_or(|patient| *patient == one.patient)
            && paging.position().is_none_or(|last| one.id > *last)
    };
    let rows =
        book.with(|book| book.values().filter(shown).take(paging.rows()).cloned().collect())?;
    Ok(appointments.paged(&paging, rows, |last| last.id))
}

/// Shows an appointment.
#[get("/appointments/{appointment}", version = Version::V1.., role = Role::Patient,
      view(Role::Doctor => AppointmentDesk, _ => AppointmentView))]
async fn get_appointment(appointment: Authorized<Appointment>) -> Authorized<Appointment> {
    appointment
}

/// Cancels an appointment.
#[delete("/appointments/{appointment}", version = Version::V1.., role = Role::Patient, scope = "appointments:cancel")]
async fn cancel_appointment(
    book: Writer<Book>,
    appointment: Authorized<Appointment>,
) -> Result<NoContent, StoreError> {
    book.with(|book| book.remove(&appointment.id))?;
    Ok(NoContent)
}

#[derive(ApiError, Debug)]
enum ClinicError {
    #[problem(transparent)]
    Denied(Denied),
    #[problem(transparent)]
    Store(StoreError),
}

/// Appointments of many clinics.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(120).per_minute(), tenants,
      routes(make_appointment, list_appointments, get_appointment, cancel_appointment))]
struct Clinic;

fn main() -> Result<(), Box<dyn Error>> {
    let issuer = Issuer::new("https://clinics.example").audience("clinics").tenant_claim("clinic");
    let keys = rcgen::KeyPair::generate().map(|pair| pair.serialize_pem().into_bytes());
    let signer = secure_api::token::Signer::es256_pem(SecretBytes::fetched(|| keys)?, "clinics-1")?;
    let app = Clinic::app().store(Book::default()).tokens(issuer.key(signer.key())).build()?;
    print!("{}", app.inventory());
    Ok(())
}

#[cfg(test)]
mod tests {
    use secure_api::testing;

    use super::*;

    #[tokio::test]
    async fn every_route_keeps_what_it_promises() {
        let app = Clinic::app().store(Book::default()).tokens(testing::issuer());
        println!("{}", testing::verify(app).await);
    }
}
