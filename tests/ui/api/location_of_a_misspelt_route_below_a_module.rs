use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    Clerk,
}

#[derive(Version)]
pub enum Version {
    V1,
}

mod desk {
    use super::*;

    #[post("/exports", version = Version::V1.., role = Role::Clerk)]
    pub async fn begin_export() -> AcceptedAt {
        Accepted::at::<get_exports>(())
    }
}

#[get("/export", version = Version::V1.., role = Role::Clerk, view = ExportView)]
async fn get_export() -> Export {
    todo!()
}

#[derive(Resource)]
#[view(ExportView, role = Role::Clerk, fields(lines))]
pub struct Export {
    lines: u32,
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(),
      routes(desk::begin_export, get_export))]
pub struct Exports;

fn main() {
    drop(Exports::app());
}
