//! A large API whose paths all begin alike: the compiler's checks of all operations together take a time that grows with
//! their number, and no faster.

use secure_api::prelude::*;

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Resource)]
#[view(ThingView, role = Role::Member, fields(name))]
struct Thing {
    name: String,
}

macro_rules! things {
    ($($name:ident $path:literal)+) => {
        $(
            /// Shows a thing.
            #[get($path, version = Version::V1.., role = Role::Member, view = ThingView)]
            async fn $name() -> Thing {
                Thing { name: stringify!($name).to_owned() }
            }
        )+

        /// Many things.
        #[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(), routes($($name),+))]
        struct Things;
    };
}

#[rustfmt::skip]
things! {
    r000 "/things/r000" r001 "/things/r001" r002 "/things/r002" r003 "/things/r003" r004 "/things/r004"
    r005 "/things/r005" r006 "/things/r006" r007 "/things/r007" r008 "/things/r008" r009 "/things/r009"
    r010 "/things/r010" r011 "/things/r011" r012 "/things/r012" r013 "/things/r013" r014 "/things/r014"
    r015 "/things/r015" r016 "/things/r016" r017 "/things/r017" r018 "/things/r018" r019 "/things/r019"
    r020 "/things/r020" r021 "/things/r021" r022 "/things/r022" r023 "/things/r023" r024 "/things/r024"
    r025 "/things/r025" r026 "/things/r026" r027 "/things/r027" r028 "/things/r028" r029 "/things/r029"
    r030 "/things/r030" r031 "/things/r031" r032 "/things/r032" r033 "/things/r033" r034 "/things/r034"
    r035 "/things/r035" r036 "/things/r036" r037 "/things/r037" r038 "/things/r038" r039 "/things/r039"
    r040 "/things/r040" r041 "/things/r041" r042 "/things/r042" r043 "/things/r043" r044 "/things/r044"
    r045 "/things/r045" r046 "/things/r046" r047 "/things/r047" r048 "/things/r048" r049 "/things/r049"
    r050 "/things/r050" r051 "/things/r051" r052 "/things/r052" r053 "/things/r053" r054 "/things/r054"
    r055 "/things/r055" r056 "/things/r056" r057 "/things/r057" r058 "/things/r058" r059 "/things/r059"
    r060 "/things/r060" r061 "/things/r061" r062 "/things/r062" r063 "/things/r063" r064 "/things/r064"
    r065 "/things/r065" r066 "/things/r066" r067 "/things/r067" r068 "/things/r068" r069 "/things/r069"
    r070 "/things/r070" r071 "/things/r071" r072 "/things/r072" r073 "/things/r073" r074 "/things/r074"
    r075 "/things/r075" r076 "/things/r076" r077 "/things/r077" r078 "/things/r078" r079 "/things/r079"
    r080 "/things/r080" r081 "/things/r081" r082 "/things/r082" r083 "/things/r083" r084 "/things/r084"
    r085 "/things/r085" r086 "/things/r086" r087 "/things/r087" r088 "/things/r088" r089 "/things/r089"
    r090 "/things/r090" r091 "/things/r091" r092 "/things/r092" r093 "/things/r093" r094 "/things/r094"
    r095 "/things/r095" r096 "/things/r096" r097 "/things/r097" r098 "/things/r098" r099 "/things/r099"
    r100 "/things/r100" r101 "/things/r101" r102 "/things/r102" r103 "/things/r103" r104 "/things/r104"
    r105 "/things/r105" r106 "/things/r106" r107 "/things/r107" r108 "/things/r108" r109 "/things/r109"
    r110 "/things/r110" r111 "/things/r111" r112 "/things/r112" r113 "/things/r113" r114 "/things/r114"
    r115 "/things/r115" r116 "/things/r116" r117 "/things/r117" r118 "/things/r118" r119 "/things/r119"
    r120 "/things/r120" r121 "/things/r121" r122 "/things/r122" r123 "/things/r123" r124 "/things/r124"
    r125 "/things/r125" r126 "/things/r126" r127 "/things/r127" r128 "/things/r128" r129 "/things/r129"
    r130 "/things/r130" r131 "/things/r131" r132 "/things/r132" r133 "/things/r133" r134 "/things/r134"
    r135 "/things/r135" r136 "/things/r136" r137 "/things/r137" r138 "/things/r138" r139 "/things/r139"
    r140 "/things/r140" r141 "/things/r141" r142 "/things/r142" r143 "/things/r143" r144 "/things/r144"
    r145 "/things/r145" r146 "/things/r146" r147 "/things/r147" r148 "/things/r148" r149 "/things/r149"
    r150 "/things/r150" r151 "/things/r151" r152 "/things/r152" r153 "/things/r153" r154 "/things/r154"
    r155 "/things/r155" r156 "/things/r156" r157 "/things/r157" r158 "/things/r158" r159 "/things/r159"
    r160 "/things/r160" r161 "/things/r161" r162 "/things/r162" r163 "/things/r163" r164 "/things/r164"
    r165 "/things/r165" r166 "/things/r166" r167 "/things/r167" r168 "/things/r168" r169 "/things/r169"
    r170 "/things/r170" r171 "/things/r171" r172 "/things/r172" r173 "/things/r173" r174 "/things/r174"
    r175 "/things/r175" r176 "/things/r176" r177 "/things/r177" r178 "/things/r178" r179 "/things/r179"
    r180 "/things/r180" r181 "/things/r181" r182 "/things/r182" r183 "/things/r183" r184 "/things/r184"
    r185 "/things/r185" r186 "/things/r186" r187 "/things/r187" r188 "/things/r188" r189 "/things/r189"
    r190 "/things/r190" r191 "/things/r191" r192 "/things/r192" r193 "/things/r193" r194 "/things/r194"
    r195 "/things/r195" r196 "/things/r196" r197 "/things/r197" r198 "/things/r198" r199 "/things/r199"
    r200 "/things/r200" r201 "/things/r201" r202 "/things/r202" r203 "/things/r203" r204 "/things/r204"
    r205 "/things/r205" r206 "/things/r206" r207 "/things/r207" r208 "/things/r208" r209 "/things/r209"
    r210 "/things/r210" r211 "/things/r211" r212 "/things/r212" r213 "/things/r213" r214 "/things/r214"
    r215 "/things/r215" r216 "/things/r216" r217 "/things/r217" r218 "/things/r218" r219 "/things/r219"
    r220 "/things/r220" r221 "/things/r221" r222 "/things/r222" r223 "/things/r223" r224 "/things/r224"
    r225 "/things/r225" r226 "/things/r226" r227 "/things/r227" r228 "/things/r228" r229 "/things/r229"
    r230 "/things/r230" r231 "/things/r231" r232 "/things/r232" r233 "/things/r233" r234 "/things/r234"
    r235 "/things/r235" r236 "/things/r236" r237 "/things/r237" r238 "/things/r238" r239 "/things/r239"
    r240 "/things/r240" r241 "/things/r241" r242 "/things/r242" r243 "/things/r243" r244 "/things/r244"
    r245 "/things/r245" r246 "/things/r246" r247 "/things/r247" r248 "/things/r248" r249 "/things/r249"
    r250 "/things/r250" r251 "/things/r251" r252 "/things/r252" r253 "/things/r253" r254 "/things/r254"
    r255 "/things/r255" r256 "/things/r256" r257 "/things/r257" r258 "/things/r258" r259 "/things/r259"
    r260 "/things/r260" r261 "/things/r261" r262 "/things/r262" r263 "/things/r263" r264 "/things/r264"
    r265 "/things/r265" r266 "/things/r266" r267 "/things/r267" r268 "/things/r268" r269 "/things/r269"
    r270 "/things/r270" r271 "/things/r271" r272 "/things/r272" r273 "/things/r273" r274 "/things/r274"
    r275 "/things/r275" r276 "/things/r276" r277 "/things/r277" r278 "/things/r278" r279 "/things/r279"
    r280 "/things/r280" r281 "/things/r281" r282 "/things/r282" r283 "/things/r283" r284 "/things/r284"
    r285 "/things/r285" r286 "/things/r286" r287 "/things/r287" r288 "/things/r288" r289 "/things/r289"
    r290 "/things/r290" r291 "/things/r291" r292 "/things/r292" r293 "/things/r293" r294 "/things/r294"
    r295 "/things/r295" r296 "/things/r296" r297 "/things/r297" r298 "/things/r298" r299 "/things/r299"
}

#[test]
fn all_operations_are_checked_together() {
    assert_eq!(Things::API.routes().count(), 300);
}
