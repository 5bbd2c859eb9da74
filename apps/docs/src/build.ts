import { buildSite, siteFolder } from './build-site';

const warnings = await buildSite();
for (const warning of warnings) console.error(warning);
console.log(`the site stands in ${siteFolder}`);
process.exitCode = warnings.length > 0 ? 1 : 0;
