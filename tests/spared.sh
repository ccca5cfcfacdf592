#!/bin/bash
# Notices of work whose subjects sound like noise (an order, a ticket, news, an outage): none is taken for noise, whoever sent it.
# In: filters/. Out: TAP.
top=$(cd "${srcdir:-.}" && pwd)
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
export MAILCLINIC_FILTERS=$top/filters
n=0
while IFS='|' read -r subject text; do
        n=$((n + 1))
        printf '%s\n' "Message-ID: <$n@a.example>" 'From: noc@a.example' 'Date: Thu, 01 May 2031 08:00:00 +0000' "Subject: $subject" '' "$text" >"$work/mail.eml"
        noise=$(./mailclinic explain --json "$work/mail.eml" | grep -o 'filter noise/[^"]*')
        case $noise in
        '' | *': contract') echo "ok $n - $subject" ;;
        *) echo "not ok $n - $subject: $noise" ;;
        esac
done <<'END'
Emergency fibre repair - service outage 12 September|We will repair the fibre. Your circuit will be down from 12 September 22:00.
Network upgrade notification|We are upgrading our core. Services affected: EX/1.
Notice of service interruption on 12 May|Dear customer, service EX/1 will be interrupted on the night of 12 May for two hours.
Service-affecting works on ring 4|Works on ring 4, 12 May, 01:00 to 05:00 local time.
Cable repair notification SMW-3|The ship begins the repair on 3 June. Traffic is at risk.
Power outage at LON1: generator test on Sunday|The generator test will take place on Sunday.
Datacenter power down event|Feed A is going to be switched off on Saturday from 8 AM.
Ticket 700123 has been updated: circuit migration|Ticket 700123 has been updated. Circuit EX/1 is migrated on 12 May, 22:00.
Re: [Ticket#70012] change of date|Your ticket has been updated. The works move to 14 May.
Order 70012 update: grooming of your circuit EX/1 scheduled|We groom your circuit on 12 May between 1 and 5 AM. Expect an outage of 50 ms.
Cross connect installation in your cage on 12 May|Our technicians will work in your cage.
Security update of routers, reboot on 12 May|Our routers get a security update and reboot on 12 May, 02:00.
Introducing new optics on segment 3: outage expected|We swap optics on segment 3 on 12 May. Expect an outage of 10 minutes.
Case 123456: Fiber splicing|Your case has been created. Fiber splicing on 12 May, hard down for 4 hours.
Reminder: works tomorrow|Works tomorrow at 22:00.
Cancelled: works PW-700123|The works PW-700123 are cancelled.
Completed: PW-700123|The works were completed. Service is restored.
Incident INC700123 resolved / maintenance completed|The maintenance INC700123 has been completed.
Test of emergency generator|We test the generator on 12 May. No impact.
Firmware release notes and reboot of PE1|PE1 reboots on 12 May for new firmware.
Disconnect notice for circuit EX/1|We will disconnect EX/1 on 12 May.
Portal user notice: work on your circuit|The portal shows work on your circuit on 12 May.
End of service for product X: circuits migrate on 12 May|Circuits migrate on 12 May.
Hazardous condition notification EX/1 2031-09-05 20:00 UTC|Service ID EX/1. Start: 2031-09-05 20:00 UTC End: 2031-09-05 22:00 UTC
Service alert: at risk period 12 May|Your service will be at risk on 12 May between 01:00 and 03:00.
Fibre cut repair, permanent splice tonight|The fibre cut of last week will get its permanent splice tonight at 23:00.
END
echo "1..$n"
