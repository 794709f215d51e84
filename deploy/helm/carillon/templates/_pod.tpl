{{/* A node's pod: (dict "all" . "component" "silo" or "api" "resources" …). */}}
{{- define "carillon.pod" -}}
{{- $component := .component -}}
{{- $resources := .resources -}}
{{- with .all -}}
metadata:
  labels:
    {{- include "carillon.labels" . | nindent 4 }}
    app.kubernetes.io/component: {{ $component }}
spec:
  automountServiceAccountToken: false
  # Settings are the env below; those of the cluster's other services are not for us.
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ .Values.terminationGracePeriodSeconds }}
  {{- with .Values.imagePullSecrets }}
  imagePullSecrets: {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 1654
    runAsGroup: 1654
    fsGroup: 1654
    seccompProfile: {type: RuntimeDefault}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "carillon.labels" . | nindent 10 }}
          app.kubernetes.io/component: {{ $component }}
  containers:
    - name: carillon
      image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities: {drop: [ALL]}
      ports:
        - {name: api, containerPort: 8080}
        {{- if eq $component "silo" }}
        - {name: silo, containerPort: 11111}
        - {name: gateway, containerPort: 30000}
        {{- end }}
      env:
        - name: Cluster__Address
          valueFrom: {fieldRef: {fieldPath: status.podIP}}
        - {name: Cluster__Id, value: {{ .Values.cluster.id | quote }}}
        - {name: Cluster__DeadAfter, value: {{ .Values.cluster.deadAfter | quote }}}
        {{- if eq $component "api" }}
        - {name: Cluster__Roles, value: Api}
        {{- end }}
        - {name: Node__Bind, value: "0.0.0.0"}
        # TLS ends at the ingress.
        - {name: Node__PlainHttp, value: "true"}
        - {name: Api__MetricsTo, value: {{ .Values.metricsTo | quote }}}
        - {name: Api__Proxies, value: {{ .Values.proxies | quote }}}
        - {name: Storage__ConnectionStringFile, value: /secrets/connection-string}
        - {name: Api__AdminPasswordFile, value: /secrets/admin-password}
        {{- range $key, $value := .Values.settings }}
        - {name: {{ $key | quote }}, value: {{ $value | quote }}}
        {{- end }}
      # Alive is the process itself, which says so on its own machine only; ready is a member of the cluster that reaches its database.
      startupProbe: {exec: {command: [bash, /app/answers.sh, /health/live]}, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 60}
      livenessProbe: {exec: {command: [bash, /app/answers.sh, /health/live]}, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6}
      readinessProbe: {httpGet: {path: /health/ready, port: api}, periodSeconds: 5, timeoutSeconds: 4}
      resources: {{- toYaml $resources | nindent 8 }}
      volumeMounts:
        - {name: data, mountPath: /data}
        - {name: tmp, mountPath: /tmp}
        - {name: secrets, mountPath: /secrets, readOnly: true}
  volumes:
    # All that must last is in the database.
    - {name: data, emptyDir: {}}
    - {name: tmp, emptyDir: {}}
    - name: secrets
      secret:
        secretName: {{ .Values.secret.name | quote }}
        defaultMode: 0440
        items:
          - {key: {{ .Values.secret.connectionStringKey | quote }}, path: connection-string}
          - {key: {{ .Values.secret.adminPasswordKey | quote }}, path: admin-password}
  {{- with .Values.nodeSelector }}
  nodeSelector: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.tolerations }}
  tolerations: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.affinity }}
  affinity: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- end }}
